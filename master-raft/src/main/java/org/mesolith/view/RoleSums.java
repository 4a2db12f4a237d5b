package org.mesolith.view;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.api.OperatorReply.Roles.Sums;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.state.Registry;

/** Adds up what roles have, each with all roles below it. */
final class RoleSums {
    private final SortedMap<String, Quantities> consumed = new TreeMap<>();
    private final SortedMap<String, Quantities> allocated = new TreeMap<>();
    private final SortedMap<String, Quantities> offered = new TreeMap<>();
    private final SortedMap<String, Quantities> reserved = new TreeMap<>();

    /** Something of an agent's total is reserved for the role, used or not. */
    void reserved(String role, Resources resources) {
        add(reserved, role, resources.scalarQuantities());
        add(consumed, role, resources.nonRevocable().scalarQuantities());
    }

    /** Tasks of the role use this. */
    void allocated(String role, Resources resources) {
        add(allocated, role, resources.scalarQuantities());
        add(consumed, role, resources.unreserved().nonRevocable().scalarQuantities());
    }

    /** This is offered to the role. */
    void offered(String role, Resources resources) {
        add(offered, role, resources.scalarQuantities());
    }

    private static void add(SortedMap<String, Quantities> sums, String role, Quantities amount) {
        if (!amount.isEmpty()) {
            sums.merge(role, amount, Quantities::plus);
            Roles.ancestors(role).forEach(above -> sums.merge(above, amount, Quantities::plus));
        }
    }

    Sums of(Registry registry, String role) {
        var quota = registry.quota(role);
        return new Sums(
                quota == null ? Quota.none(role) : quota,
                consumed.getOrDefault(role, Quantities.NONE),
                allocated.getOrDefault(role, Quantities.NONE),
                offered.getOrDefault(role, Quantities.NONE),
                reserved.getOrDefault(role, Quantities.NONE));
    }
}
