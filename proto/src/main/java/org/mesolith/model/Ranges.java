package org.mesolith.model;

import java.util.Arrays;

/**
 * A set of whole numbers from 0 on, written as ranges with both ends included, such as ports.
 *
 * <p>Always sorted and merged: no two ranges overlap or touch. Mesos: {@code Value.Ranges}.
 */
public final class Ranges implements Value {
    /** No number at all. */
    public static final Ranges NONE = new Ranges(new long[0]);

    /** Largest number a range may hold. Mesos allows twice as many; nobody counts that far. */
    public static final long BOUND_MAX = Long.MAX_VALUE - 1;

    /** begin, end, begin, end, … in growing order. */
    private final long[] bounds;

    private Ranges(long[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Ranges given as begin, end, begin, end, … in any order; they may overlap and are merged.
     *
     * @throws IllegalArgumentException if an end is missing, before its begin, or out of 0 … {@link #BOUND_MAX}
     */
    public static Ranges of(long... beginsAndEnds) {
        checkBounds(beginsAndEnds);
        int count = beginsAndEnds.length / 2;
        long[][] pairs = new long[count][];
        for (int i = 0; i < count; i++) {
            pairs[i] = new long[] {beginsAndEnds[2 * i], beginsAndEnds[2 * i + 1]};
        }
        Arrays.sort(pairs, (left, right) -> Long.compare(left[0], right[0]));
        RangesWriter merged = new RangesWriter(count);
        for (long[] pair : pairs) {
            merged.add(pair[0], pair[1]);
        }
        return of(merged);
    }

    private static void checkBounds(long[] bounds) {
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "ranges need pairs of begin and end, " + bounds.length + " numbers given");
        }
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] < 0 || bounds[i + 1] > BOUND_MAX || bounds[i] > bounds[i + 1]) {
                throw new IllegalArgumentException("range " + bounds[i] + "-" + bounds[i + 1]
                        + " must begin at 0 or above, end at " + BOUND_MAX + " or below, and not end before it begins");
            }
        }
    }

    private static Ranges of(RangesWriter writer) {
        return writer.length() == 0 ? NONE : new Ranges(writer.bounds());
    }

    /** How many separate ranges there are. */
    public int count() {
        return bounds.length / 2;
    }

    /** First number of range {@code index}, from 0. */
    public long begin(int index) {
        return bounds[2 * index];
    }

    /** Last number of range {@code index}, from 0. */
    public long end(int index) {
        return bounds[2 * index + 1];
    }

    /** How many numbers there are in all ranges; the largest long if there are more. */
    public long numbers() {
        long numbers = 0;
        for (int i = 0; i < count(); i++) {
            numbers = Milli.plusSaturated(numbers, end(i) - begin(i) + 1);
        }
        return numbers;
    }

    @Override
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** All numbers of either. */
    public Ranges plus(Ranges other) {
        if (isEmpty()) {
            return other;
        }
        RangesWriter merged = new RangesWriter(count() + other.count());
        int left = 0;
        int right = 0;
        while (left < count() || right < other.count()) {
            if (right == other.count() || (left < count() && begin(left) <= other.begin(right))) {
                merged.add(begin(left), end(left));
                left++;
            } else {
                merged.add(other.begin(right), other.end(right));
                right++;
            }
        }
        return of(merged);
    }

    /** The numbers of this that are not in the other. */
    public Ranges without(Ranges other) {
        RangesWriter rest = new RangesWriter(count() + other.count());
        int right = 0;
        for (int left = 0; left < count(); left++) {
            long from = begin(left);
            while (right < other.count() && other.end(right) < from) {
                right++;
            }
            int cut = right;
            while (cut < other.count() && other.begin(cut) <= end(left)) {
                if (other.begin(cut) > from) {
                    rest.add(from, other.begin(cut) - 1);
                }
                from = other.end(cut) + 1;
                cut++;
            }
            if (from <= end(left)) {
                rest.add(from, end(left));
            }
        }
        return of(rest);
    }

    /** Whether every number of the other is in this. */
    public boolean contains(Ranges other) {
        int left = 0;
        for (int right = 0; right < other.count(); right++) {
            while (left < count() && end(left) < other.begin(right)) {
                left++;
            }
            if (left == count() || begin(left) > other.begin(right) || end(left) < other.end(right)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count(); i++) {
            text.append(i == 0 ? "" : ",").append(begin(i)).append('-').append(end(i));
        }
        return text.append(']').toString();
    }

    /** By the numbers from the left, a missing one first. */
    static int compare(Ranges left, Ranges right) {
        return Arrays.compare(left.bounds, right.bounds);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return text();
    }
}
