package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.model.Quantities;

/**
 * How rich somebody is: the largest fraction of the cluster's total over all scalars that count (Ghodsi et al., DRF).
 */
public final class DrfShares {
    private final List<String> names;
    private final Quantities total;

    /** Shares of this total; names that are excluded or not there do not count. */
    public DrfShares(Quantities total, List<String> excluded) {
        this.total = total;
        var counted = new ArrayList<>(total.names());
        counted.removeAll(excluded);
        this.names = List.copyOf(counted);
    }

    /** Between 0 and 1, or above when more is held than there is. */
    public double share(Quantities held) {
        double share = 0;
        for (var name : names) {
            long milli = held.milli(name);
            if (milli > 0) {
                share = Math.max(share, (double) milli / total.milli(name));
            }
        }
        return share;
    }
}
