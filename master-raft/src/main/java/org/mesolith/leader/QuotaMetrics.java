package org.mesolith.leader;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.model.Milli;
import org.mesolith.model.Offer;
import org.mesolith.model.Quantities;
import org.mesolith.state.Consumption;
import org.mesolith.state.Registry;

/** Numbers of roles that have a quota: what was promised, and how much of it is used. */
final class QuotaMetrics {
    static final String OF_QUOTA = "allocator/mesos/quota/roles/<role>/resources/<resource>/";

    private QuotaMetrics() {}

    /** For each resource that a quota promises or limits. */
    static void put(Registry registry, List<Offer> open, LeaderMetrics.Sheet sheet) {
        if (!registry.quotas().iterator().hasNext()) {
            return;
        }
        var consumed = Consumption.byTopRole(registry);
        var held = held(registry, open);
        for (var quota : registry.quotas()) {
            var role = quota.role();
            var names = new TreeSet<>(quota.guarantees().names());
            names.addAll(quota.limits().milliByName().keySet());
            for (var name : names) {
                var limit = quota.limits().milli(name);
                if (quota.guarantees().milli(name) > 0) {
                    put(sheet, "guarantee", quota.guarantees().milli(name), role, name);
                }
                if (limit != null) {
                    put(sheet, "limit", limit, role, name);
                }
                put(sheet, "offered_or_allocated", of(held, role).milli(name), role, name);
                put(sheet, "consumed", of(consumed, role).milli(name), role, name);
            }
        }
    }

    private static Quantities of(SortedMap<String, Quantities> byRole, String role) {
        return byRole.getOrDefault(role, Quantities.NONE);
    }

    private static void put(LeaderMetrics.Sheet sheet, String end, long milli, String role, String resource) {
        sheet.put(OF_QUOTA + end, Milli.toDouble(milli), role, resource);
    }

    /** By top-level role. */
    private static SortedMap<String, Quantities> held(Registry registry, List<Offer> open) {
        var held = new TreeMap<String, Quantities>();
        for (var role : registry.allocatedRoles()) {
            held.merge(Consumption.top(role), registry.allocatedToRole(role), Quantities::plus);
        }
        for (var offer : open) {
            held.merge(
                    Consumption.top(offer.role()),
                    offer.resources().nonRevocable().scalarQuantities(),
                    Quantities::plus);
        }
        return held;
    }
}
