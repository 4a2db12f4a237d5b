package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** What an operator wants of a plan to empty agents. The numbers are part of the stored format. */
public enum DrainWish {
    /** No further batch begins. */
    PAUSE(1),
    /** Batches begin again. */
    RESUME(2),
    /** Its agents are in use again, those that it has emptied, too. */
    CANCEL(3);

    private final int number;

    DrainWish(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The wish of this number, null for one of a newer version. */
    public static @Nullable DrainWish of(int number) {
        for (var wish : values()) {
            if (wish.number == number) {
                return wish;
            }
        }
        return null;
    }
}
