package org.mesolith.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.Weight;
import org.mesolith.sim.plan.Dice;
import org.mesolith.state.Consumption;
import org.mesolith.state.Registry;

/** What an operator could want of roles: by call, of several at once, or as a file declares it. */
final class RoleWishes {
    private static final List<String> WITH_QUOTA = List.of("web", "ops");
    private static final String DECLARATION = "roles";

    private final List<String> roles;
    private final Dice dice;

    RoleWishes(List<String> roles, Dice dice) {
        this.roles = roles;
        this.dice = dice;
    }

    /** Of one role, or of several. */
    OperatorCall weights() {
        var weights = new ArrayList<Weight>();
        for (var role : roles) {
            if (dice.oneIn(3)) {
                weights.add(weight(role));
            }
        }
        return new OperatorCall.UpdateWeights(weights.isEmpty() ? List.of(weight(dice.oneOf(roles))) : weights);
    }

    private Weight weight(String role) {
        return Weight.of(role, 0.5 + dice.below(8));
    }

    /** Of one role, or of two in one update. */
    OperatorCall quota() {
        boolean both = dice.oneIn(3);
        var one = dice.oneIn(3) ? "ops" : "web";
        var quotas = new ArrayList<Quota>();
        for (var role : WITH_QUOTA) {
            if (both || role.equals(one)) {
                quotas.add(quota(role));
            }
        }
        return new OperatorCall.UpdateQuota(quotas, dice.oneIn(5));
    }

    private Quota quota(String role) {
        var guarantee = Quantities.parse("cpus:" + dice.below(3) + ";mem:" + dice.below(300));
        var limits = new TreeMap<String, Long>();
        limits.put("cpus", 1_000L * (2 + dice.below(5)));
        if (dice.oneIn(2)) {
            limits.put("mem", 1_000L * (300 + dice.below(2_000)));
        }
        return switch (dice.below(6)) {
            case 0 -> Quota.none(role);
            case 1 -> new Quota(role, guarantee, QuantityLimits.NONE);
            case 2 -> new Quota(role, Quantities.NONE, new QuantityLimits(limits));
            default -> new Quota(role, guarantee, new QuantityLimits(limits));
        };
    }

    /** One that was set before goes, or another is made in the old way. */
    OperatorCall oldQuota(Registry registry) {
        for (var quota : registry.quotas()) {
            if (dice.oneIn(2)) {
                return new OperatorCall.RemoveQuota(quota.role());
            }
        }
        return new OperatorCall.SetQuota("ops", Resources.parse("cpus:1;mem:100"), dice.oneIn(2));
    }

    /** Whether a tight quota is set for the role, or for one above it. */
    static boolean isTight(String role) {
        return Consumption.top(role).equals(WITH_QUOTA.getFirst());
    }

    /** Exactly what the role consumes now, and nothing more. */
    OperatorCall tightQuota(Registry registry) {
        var limits = new TreeMap<String, Long>();
        var consumed = Consumption.of(registry, WITH_QUOTA.getFirst());
        for (var name : List.of("cpus", "mem")) {
            limits.put(name, consumed.milli(name));
        }
        return new OperatorCall.UpdateQuota(
                List.of(new Quota(WITH_QUOTA.getFirst(), Quantities.NONE, new QuantityLimits(limits))), false);
    }

    /** A file speaks of all weights, or of all quotas, and of what was seen of them, now and then wrongly. */
    @Nullable
    OperatorCall declare(Registry registry) {
        var kind = dice.oneIn(2) ? DeclaredKind.WEIGHTS : DeclaredKind.QUOTAS;
        var changes = new ArrayList<DeclaredChange>();
        for (var role : kind == DeclaredKind.WEIGHTS ? roles : WITH_QUOTA) {
            var there = present(registry, kind, role);
            var seen = dice.oneIn(10) ? null : there;
            var wanted = dice.oneIn(4) ? null : wanted(kind, role);
            if (seen != null || wanted != null) {
                changes.add(new DeclaredChange(seen, wanted));
            }
        }
        var before = registry.declaration(DECLARATION, kind);
        long revision = before == null || dice.oneIn(10) ? 0 : before.revision();
        return changes.isEmpty() ? null : new OperatorCall.Declare(DECLARATION, kind, revision, changes);
    }

    private Declarable wanted(DeclaredKind kind, String role) {
        return kind == DeclaredKind.WEIGHTS
                ? new Declarable.OfWeight(weight(role))
                : new Declarable.OfQuota(quota(role));
    }

    private static @Nullable Declarable present(Registry registry, DeclaredKind kind, String role) {
        if (kind == DeclaredKind.WEIGHTS) {
            var weight = registry.weight(role);
            return weight == null ? null : new Declarable.OfWeight(weight);
        }
        var quota = registry.quota(role);
        return quota.isNone() ? null : new Declarable.OfQuota(quota);
    }
}
