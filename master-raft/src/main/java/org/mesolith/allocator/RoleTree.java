package org.mesolith.allocator;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;

/**
 * Roles and frameworks by how poor they are, for one round.
 *
 * <pre>
 *        root
 *       /    \
 *     eng    ops          siblings compete by share / weight, then grants, then path
 *    /   \     \
 * eng/. eng/dev f3        a role with subroles competes with them through its own entry
 *   |      |
 *   f1     f2
 * </pre>
 *
 * <p>Mesos: {@code sorter/drf}. Ranks change only by {@link #granted}; do not call it while visiting.
 */
final class RoleTree {
    private final AllocationInput input;
    private final DrfShares shares;
    private final RoleNode root = new RoleNode("", 1, null);
    private final SortedMap<String, RoleNode> nodes = new TreeMap<>();
    private final SortedMap<String, RoleNode> ownEntries = new TreeMap<>();
    private final SortedMap<String, SortedMap<FrameworkId, RoleNode>> frameworks = new TreeMap<>();

    RoleTree(AllocationInput input) {
        this.input = input;
        this.shares = new DrfShares(input.clusterTotal(), input.rules().fairnessExclude());
        for (var framework : input.frameworks()) {
            framework.roles().keySet().forEach(this::node);
        }
        for (var framework : input.frameworks()) {
            framework.roles().forEach((role, demand) -> add(framework, role, demand));
        }
        nodes.values().forEach(node -> node.settle(shares));
        ownEntries.values().forEach(node -> node.settle(shares));
        frameworks.values().forEach(inRole -> inRole.values().forEach(this::rank));
    }

    /** Calls back with the nodes of roles, poorest first, until told to stop by false. */
    boolean visitRoles(Predicate<RoleNode> visitor) {
        return visit(root, visitor);
    }

    private static boolean visit(RoleNode node, Predicate<RoleNode> visitor) {
        if (node.role != null) {
            return visitor.test(node);
        }
        for (var child : node.ranking) {
            if (!visit(child, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** Counts what a framework got for the role. */
    void granted(String role, FrameworkId framework, Quantities scalars) {
        Check.present(Check.present(frameworks.get(role), "role").get(framework), "framework of a grant")
                .grow(scalars, shares);
    }

    private RoleNode node(String role) {
        var known = nodes.get(role);
        if (known != null) {
            return known;
        }
        int cut = role.lastIndexOf('/');
        var parent = cut < 0 ? root : node(role.substring(0, cut));
        var made = new RoleNode(role, input.weightByRole().getOrDefault(role, 1.0), parent);
        made.grants = input.grants().ofPath(role);
        nodes.put(role, made);
        return made;
    }

    private void add(FrameworkDemand framework, String role, RoleDemand demand) {
        var leaf = leaf(role);
        var node = RoleNode.ofFramework(framework, leaf);
        node.grants = input.grants().ofFramework(role, framework.id());
        frameworks.computeIfAbsent(role, r -> new TreeMap<>()).put(framework.id(), node);
        for (RoleNode above = node; above != null; above = above.parent) {
            above.held = above.held.plus(demand.held());
        }
    }

    /** Where the role's own frameworks compete: the role's node, or its own entry among its subroles. */
    private RoleNode leaf(String role) {
        var node = Check.present(nodes.get(role), "role");
        if (!hasSubroles(role)) {
            node.role = role;
            return node;
        }
        return ownEntries.computeIfAbsent(role, r -> {
            var own = new RoleNode(GrantCounts.ownEntry(role), 1, node);
            own.role = role;
            own.grants = input.grants().ofPath(own.path);
            return own;
        });
    }

    private boolean hasSubroles(String role) {
        // '0' is the character after '/': everything below the role lies between the two.
        return !nodes.subMap(role + "/", role + "0").isEmpty();
    }

    /** Puts a framework that wants offers into the rankings, and what is above it. */
    private void rank(RoleNode framework) {
        framework.settle(shares);
        var leaf = Check.present(framework.parent, "role of a framework");
        var demand = Check.present(framework.framework, "framework of a leaf");
        var inRole = demand.roles().get(Check.present(leaf.role, "role of a leaf"));
        if (!demand.active() || inRole == null || inRole.state() != RoleDemand.State.WANTED) {
            return;
        }
        for (RoleNode node = framework; node.parent != null; node = node.parent) {
            if (!node.parent.ranking.add(node)) {
                return;
            }
        }
    }

    /** The dominant share of every role that has a framework, with everything below it. */
    SortedMap<String, Double> shares() {
        var all = new TreeMap<String, Double>();
        frameworks.keySet().forEach(role -> {
            var node = Check.present(nodes.get(role), "role");
            all.put(role, shares.share(node.held));
        });
        return all;
    }
}
