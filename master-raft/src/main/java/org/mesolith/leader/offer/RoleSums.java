package org.mesolith.leader.offer;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.model.Quantities;

/** A sum for each top-level role with all roles below it. One thread. */
final class RoleSums {
    private final SortedMap<String, Sums> byTopRole = new TreeMap<>();

    void add(String role, Quantities more) {
        if (!more.isEmpty()) {
            byTopRole.computeIfAbsent(QuotaBook.topOf(role), top -> new Sums()).add(more);
        }
    }

    void remove(String role, Quantities less) {
        var top = QuotaBook.topOf(role);
        var sums = byTopRole.get(top);
        if (sums != null) {
            sums.remove(less);
            if (sums.value().isEmpty()) {
                byTopRole.remove(top);
            }
        }
    }

    Quantities of(String topRole) {
        var sums = byTopRole.get(topRole);
        return sums == null ? Quantities.NONE : sums.value();
    }
}
