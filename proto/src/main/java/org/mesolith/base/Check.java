package org.mesolith.base;

import org.jspecify.annotations.Nullable;

/** Invariants that are always on. A broken one is a defect of ours, never an operator's mistake. */
public final class Check {
    private Check() {}

    /**
     * @throws IllegalStateException when the condition does not hold
     */
    public static void that(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("broken invariant: " + what);
        }
    }

    /**
     * @throws IllegalStateException when the value is missing
     */
    public static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("broken invariant: missing " + what);
        }
        return value;
    }
}
