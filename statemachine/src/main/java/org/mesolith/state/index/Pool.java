package org.mesolith.state.index;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Makes equal values one object, so that a million rows share a few resource sets and role names.
 *
 * <p>Best effort and bounded: a slot for each hash, the newest value wins it. What it answers is always equal to what
 * it was given, so it has no influence on decisions. Any thread.
 */
public final class Pool {
    private static final int SLOTS = 1 << 14;

    private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);

    /** The object that stands for all equal ones. */
    public <T> T shared(T value) {
        int hash = value.hashCode() * 0x9E3779B9;
        int slot = hash >>> (Integer.SIZE - 14);
        var held = slots.getPlain(slot);
        if (value.equals(held)) {
            @SuppressWarnings("unchecked") // equal values of our records and strings are of one class
            T same = (T) held;
            return same;
        }
        slots.setRelease(slot, value);
        return value;
    }
}
