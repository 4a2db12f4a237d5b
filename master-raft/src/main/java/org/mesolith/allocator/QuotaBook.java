package org.mesolith.allocator;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/**
 * What quota has to do with a round.
 *
 * @param quotas by top-level role; those that are none may be left out
 * @param consumed by top-level role, of its subtree: all reservations, used or not, and unreserved scalars that may not
 *     be taken back and are offered or used; at least of roles with a quota
 * @param free unreserved scalars that may not be taken back and are neither offered nor used, on all registered agents
 */
public record QuotaBook(SortedMap<String, Quota> quotas, SortedMap<String, Quantities> consumed, Quantities free) {
    /** No quota at all. */
    public static final QuotaBook NONE = new QuotaBook(new TreeMap<>(), new TreeMap<>(), Quantities.NONE);

    /** The role that has the quota for this one: the top of its path. */
    public static String topOf(String role) {
        int cut = role.indexOf('/');
        return cut < 0 ? role : role.substring(0, cut);
    }

    /** The part of resources that quota holds back: unreserved scalars that may not be taken back at any time. */
    public static Resources chargeable(Resources resources) {
        return resources.filter(QuotaBook::isChargeable);
    }

    static boolean isChargeable(Resource entry) {
        return entry.isScalar() && !entry.kind().isReserved() && !entry.kind().revocable();
    }
}
