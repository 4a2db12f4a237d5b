package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mesolith.model.Quantities;

/** The names of scalars of one round as small numbers, so that amounts are arrays. One thread. */
final class Amounts {
    private final List<String> excluded;
    private final List<String> names = new ArrayList<>();

    /** Names that do not count have no slot. */
    Amounts(List<String> excluded) {
        this.excluded = List.copyOf(excluded);
    }

    /**
     * These amounts added to others, times a factor of 1 or -1; the array may be another one than before. Sums stop at
     * the largest long.
     */
    long[] add(long[] to, Quantities more, long factor) {
        var sum = new long[][] {to};
        more.forEach((name, milli) -> {
            int slot = slot(name);
            if (slot >= 0) {
                sum[0] = atLeast(sum[0], slot + 1);
                sum[0][slot] = saturated(sum[0][slot], factor * milli);
            }
        });
        return sum[0];
    }

    /** The sum of both; the array may be the first one. */
    static long[] add(long[] to, long[] more) {
        var sum = atLeast(to, more.length);
        for (int slot = 0; slot < more.length; slot++) {
            sum[slot] = saturated(sum[slot], more[slot]);
        }
        return sum;
    }

    private static long saturated(long left, long right) {
        long sum = left + right;
        return ((left ^ sum) & (right ^ sum)) < 0 ? Long.MAX_VALUE : sum;
    }

    private int slot(String name) {
        // A handful of names: looking at each is faster than any map.
        int slot = names.indexOf(name);
        if (slot >= 0) {
            return slot;
        }
        if (excluded.contains(name)) {
            return -1;
        }
        names.add(name);
        return names.size() - 1;
    }

    private static long[] atLeast(long[] amounts, int length) {
        return amounts.length >= length ? amounts : Arrays.copyOf(amounts, Math.max(length, 4));
    }

    /** Largest fraction of the total over all names; names without a total do not count. */
    static double share(long[] held, long[] total) {
        double share = 0;
        int count = Math.min(held.length, total.length);
        for (int slot = 0; slot < count; slot++) {
            if (held[slot] > 0 && total[slot] > 0) {
                share = Math.max(share, (double) held[slot] / total[slot]);
            }
        }
        return share;
    }
}
