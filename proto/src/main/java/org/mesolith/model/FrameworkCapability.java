package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** What a framework can deal with. */
public enum FrameworkCapability {
    UNKNOWN(0),
    REVOCABLE_RESOURCES(1),
    TASK_KILLING_STATE(2),
    GPU_RESOURCES(3),
    SHARED_RESOURCES(4),
    PARTITION_AWARE(5),
    MULTI_ROLE(6),
    RESERVATION_REFINEMENT(7),
    REGION_AWARE(8);

    private final int number;

    FrameworkCapability(int number) {
        this.number = number;
    }

    /** The number of the v1 interface. */
    public int number() {
        return number;
    }

    /** The value of this number of the v1 interface, or null when this version does not know it. */
    public static @Nullable FrameworkCapability of(int number) {
        for (var value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        return null;
    }
}
