package org.mesolith.state.table;

import java.util.Arrays;

/** Copies of arrays with one place more or less; arrays of nodes always have exact length. */
final class Slots {
    private Slots() {}

    static <T> T[] inserted(T[] slots, int at, T added) {
        T[] copy = Arrays.copyOf(slots, slots.length + 1);
        System.arraycopy(slots, at, copy, at + 1, slots.length - at);
        copy[at] = added;
        return copy;
    }

    static <T> T[] removed(T[] slots, int at) {
        T[] copy = Arrays.copyOf(slots, slots.length - 1);
        System.arraycopy(slots, at + 1, copy, at, slots.length - at - 1);
        return copy;
    }

    static <T> T[] replaced(T[] slots, int at, T other) {
        T[] copy = slots.clone();
        copy[at] = other;
        return copy;
    }

    static <T> T[] joined(T[] left, T[] right) {
        T[] copy = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, copy, left.length, right.length);
        return copy;
    }

    /** Place of the key at or after {@code first}, or {@code -(place where it belongs) - 1}. */
    static <K extends Comparable<? super K>> int find(K[] keys, int first, K wanted) {
        int low = first;
        int high = keys.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = keys[middle].compareTo(wanted);
            if (order < 0) {
                low = middle + 1;
            } else if (order > 0) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }
}
