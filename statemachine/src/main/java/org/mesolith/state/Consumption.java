package org.mesolith.state;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/**
 * How much of their quota roles consume: every reservation for them, used or not, and what tasks use of what nobody
 * reserved. What can be taken back at any time, and what is no scalar, does not count. A top-level role consumes what
 * all roles below it do. Mesos: {@code RoleResourceBreakdown}.
 */
public final class Consumption {
    private Consumption() {}

    /** The top-level role that this role belongs to. */
    public static String top(String role) {
        int slash = role.indexOf('/');
        return slash < 0 ? role : role.substring(0, slash);
    }

    /** Of one top-level role. */
    public static Quantities of(Registry registry, String role) {
        return byTopRole(registry).getOrDefault(role, Quantities.NONE);
    }

    /** Of every top-level role that consumes something; looks at every agent once. */
    public static SortedMap<String, Quantities> byTopRole(Registry registry) {
        var sums = new TreeMap<String, Quantities>();
        for (var agent : registry.agents()) {
            agent.total().byReservedRole().forEach((role, resources) -> add(sums, role, resources));
            for (var allocation : registry.allocations(agent.id())) {
                add(sums, allocation.role(), allocation.resources().unreserved());
            }
        }
        return sums;
    }

    private static void add(SortedMap<String, Quantities> sums, String role, Resources resources) {
        var scalars = resources.nonRevocable().scalarQuantities();
        if (!scalars.isEmpty()) {
            sums.merge(top(role), scalars, Quantities::plus);
        }
    }
}
