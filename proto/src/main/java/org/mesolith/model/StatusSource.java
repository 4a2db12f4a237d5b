package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** Who made a status. */
public enum StatusSource {
    SOURCE_MASTER(0),
    SOURCE_AGENT(1),
    SOURCE_EXECUTOR(2);

    private final int number;

    StatusSource(int number) {
        this.number = number;
    }

    /** The number of the v1 interface. */
    public int number() {
        return number;
    }

    /** The value of this number of the v1 interface, or null when this version does not know it. */
    public static @Nullable StatusSource of(int number) {
        for (var value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        return null;
    }
}
