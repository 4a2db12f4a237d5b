package org.mesolith.state.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;
import org.mesolith.model.Roles;
import org.mesolith.state.Consumption;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Registry;

/**
 * What stands against quotas. Each answers the first thing as a sentence, or null. Mesos: {@code quota_handler.cpp}.
 */
public final class QuotaChecks {
    /** Largest amount of mem or disk: 1 EiB counted in MiB. */
    private static final long MEBIBYTES_MAX = 1L << 40;

    private static final long UNITS_MAX = 1_000_000_000_000L;

    private QuotaChecks() {}

    /**
     * Of the quotas by themselves.
     *
     * @param whitelist the only roles besides "*"; null for any
     */
    public static @Nullable String problem(List<Quota> quotas, @Nullable List<String> whitelist) {
        var roles = new TreeSet<String>();
        for (var quota : quotas) {
            var problem = problem(quota, whitelist);
            if (problem != null) {
                return problem;
            }
            if (!roles.add(quota.role())) {
                return "Role '" + quota.role() + "' is given two quotas; leave one out";
            }
        }
        return null;
    }

    private static @Nullable String problem(Quota quota, @Nullable List<String> whitelist) {
        var role = quota.role();
        var name = Roles.problem(role);
        if (name != null) {
            return name;
        }
        if (role.indexOf('/') >= 0) {
            return "Role '" + role + "' is below another one; only top-level roles have quota, set it on '"
                    + Consumption.top(role) + "'";
        }
        if (whitelist != null && !role.equals(Roles.STAR) && !whitelist.contains(role)) {
            return "Unknown role '" + role + "'; the roles of this cluster are " + whitelist;
        }
        return amounts(quota);
    }

    private static @Nullable String amounts(Quota quota) {
        var names = new TreeSet<>(quota.guarantees().names());
        names.addAll(quota.limits().milliByName().keySet());
        for (var name : names) {
            long guarantee = quota.guarantees().milli(name);
            var limit = quota.limits().milli(name);
            if (limit != null && guarantee > limit) {
                return "Role '" + quota.role() + "' cannot be guaranteed " + name + ":" + Milli.text(guarantee)
                        + " with a limit of " + Milli.text(limit);
            }
            long most = Milli.ofUnits(name.equals("mem") || name.equals("disk") ? MEBIBYTES_MAX : UNITS_MAX);
            if (guarantee > most || (limit != null && limit > most)) {
                return "Role '" + quota.role() + "' has more " + name + " than can be counted; at most "
                        + Milli.text(most);
            }
        }
        return null;
    }

    /** A limit is below what its role consumes. */
    public static @Nullable String consumed(Registry registry, List<Quota> quotas) {
        var consumption = Consumption.byTopRole(registry);
        for (var quota : quotas) {
            var consumed = consumption.getOrDefault(quota.role(), Quantities.NONE);
            if (!quota.limits().contains(consumed)) {
                if (registry.featureLevel().includes(FeatureLevel.DECLARATIONS)) {
                    return "Role '" + quota.role() + "' consumes more than the limit: "
                            + over(consumed, name -> quota.limits().milli(name))
                            + "; end tasks or reservations first, or use 'force'";
                }
                return "Role '" + quota.role() + "' consumes " + consumed + ", which is more than the limit "
                        + quota.limits().milliByName().entrySet().stream()
                                .map(limit -> limit.getKey() + ":" + Milli.text(limit.getValue()))
                                .toList()
                        + "; end tasks or reservations first, or use 'force'";
            }
        }
        return null;
    }

    /** All guarantees together are more than the registered agents have. */
    public static @Nullable String overcommitted(Registry registry, List<Quota> quotas) {
        var byRole = new TreeMap<String, Quantities>();
        registry.quotas().forEach(quota -> byRole.put(quota.role(), quota.guarantees()));
        quotas.forEach(quota -> byRole.put(quota.role(), quota.guarantees()));
        var promised = Quantities.NONE;
        for (var guarantees : byRole.values()) {
            promised = promised.plus(guarantees);
        }
        var capacity = Quantities.NONE;
        for (var agent : registry.agents()) {
            if (agent.isRegistered()) {
                capacity = capacity.plus(agent.total().nonRevocable().scalarQuantities());
            }
        }
        if (capacity.contains(promised)) {
            return null;
        }
        var there = capacity;
        return registry.featureLevel().includes(FeatureLevel.DECLARATIONS)
                ? "All guarantees together are more than the registered agents have: "
                        + over(promised, there::milli)
                        + "; promise less, add agents, or use 'force'"
                : "All guarantees together are " + promised + ", and the registered agents have " + capacity
                        + "; promise less, add agents, or use 'force'";
    }

    /** Each resource of which it is more than there may be, with both numbers; null for no bound. */
    private static String over(Quantities much, Function<String, @Nullable Long> most) {
        var lacking = new ArrayList<String>();
        for (var name : much.names()) {
            var bound = most.apply(name);
            if (bound != null && much.milli(name) > bound) {
                lacking.add(name + " " + Milli.text(much.milli(name)) + " of " + Milli.text(bound));
            }
        }
        return String.join(", ", lacking);
    }
}
