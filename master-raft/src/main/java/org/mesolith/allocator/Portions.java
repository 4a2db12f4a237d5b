package org.mesolith.allocator;

import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/**
 * What is given of each entry of a bag while quota is asked. What quota does not hold back is given at once; of the
 * rest, amounts are worked out entry by entry, in their order, and no bag is made before the end.
 */
final class Portions {
    private final Resources from;
    private final boolean[] charged;

    /** Of each entry the slot of its name. */
    private final int[] slots;

    /** Of each charged entry what may still be given. */
    private final long[] open;

    private final long[] given;
    private boolean allCharged = true;

    Portions(Resources from, Headroom headroom) {
        this.from = from;
        this.charged = new boolean[from.size()];
        this.slots = new int[from.size()];
        this.open = new long[from.size()];
        this.given = new long[from.size()];
        for (int i = 0; i < from.size(); i++) {
            var entry = from.get(i);
            charged[i] = QuotaBook.isChargeable(entry);
            if (charged[i]) {
                open[i] = entry.milli();
                slots[i] = headroom.slot(entry.name());
            } else {
                given[i] = entry.milli();
                allCharged = false;
            }
        }
    }

    /** Whether quota holds back all of it. */
    boolean isAllCharged() {
        return allCharged;
    }

    /** Gives at most so much by slot. Whether it gave anything. */
    boolean give(IntToLongFunction max) {
        boolean any = false;
        String name = "";
        long left = 0;
        for (int i = 0; i < from.size(); i++) {
            if (open[i] > 0) {
                var entry = from.get(i);
                if (!entry.name().equals(name)) {
                    name = entry.name();
                    left = max.applyAsLong(slots[i]);
                }
                long part = part(entry, open[i], left);
                left -= part;
                open[i] -= part;
                given[i] += part;
                any |= part > 0;
            }
        }
        return any;
    }

    /** Nothing is open any more that limits forbid. Whether anything is. */
    boolean limit(Headroom.@Nullable Account account) {
        boolean any = false;
        String name = "";
        long left = 0;
        for (int i = 0; i < from.size(); i++) {
            if (open[i] > 0) {
                var entry = from.get(i);
                if (!entry.name().equals(name)) {
                    name = entry.name();
                    left = account == null ? Long.MAX_VALUE : Math.max(0, account.allowed(slots[i]) - givenOf(name));
                }
                open[i] = part(entry, open[i], left);
                left -= open[i];
                any |= open[i] > 0;
            }
        }
        return any;
    }

    private long givenOf(String name) {
        long sum = 0;
        for (int i = 0; i < from.size(); i++) {
            if (charged[i] && given[i] > 0 && from.get(i).name().equals(name)) {
                sum += given[i];
            }
        }
        return sum;
    }

    private static long part(Resource entry, long amount, long max) {
        return amount <= max ? amount : entry.kind().isDivisible() ? max : 0;
    }

    /** What is given. */
    Resources given() {
        return from.reducedTo(given);
    }

    /** What was not given yet and may be. */
    Resources open() {
        return from.reducedTo(open);
    }
}
