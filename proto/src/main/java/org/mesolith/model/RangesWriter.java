package org.mesolith.model;

import java.util.Arrays;

/** Collects ranges that come in the order of their begins, and merges those that overlap or touch. One thread. */
final class RangesWriter {
    private final long[] bounds;
    private int length;

    RangesWriter(int rangesMax) {
        this.bounds = new long[2 * rangesMax];
    }

    void add(long begin, long end) {
        if (length > 0 && begin <= bounds[length - 1] + 1) {
            bounds[length - 1] = Math.max(bounds[length - 1], end);
        } else {
            bounds[length] = begin;
            bounds[length + 1] = end;
            length += 2;
        }
    }

    int length() {
        return length;
    }

    long[] bounds() {
        return Arrays.copyOf(bounds, length);
    }
}
