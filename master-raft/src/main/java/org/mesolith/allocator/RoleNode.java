package org.mesolith.allocator;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;

/**
 * One competitor among siblings: a role with everything below it, a role's own entry among its subroles, or a framework
 * in its role. Its rank changes only while it is taken out of its parent's ranking.
 */
final class RoleNode {
    static final Comparator<RoleNode> POOREST_FIRST = Comparator.comparingDouble((RoleNode node) -> node.rank)
            .thenComparingLong(node -> node.grants)
            .thenComparing(node -> node.path);

    final String path;
    final double weight;
    final @Nullable RoleNode parent;

    /** The role whose frameworks compete below this node; null for a node with subroles and for a framework. */
    @Nullable
    String role;

    /** Set for a framework only. */
    @Nullable
    FrameworkDemand framework;

    /** Below this node, those who want offers. */
    final TreeSet<RoleNode> ranking = new TreeSet<>(POOREST_FIRST);

    Quantities held = Quantities.NONE;
    long grants;
    private double rank;

    RoleNode(String path, double weight, @Nullable RoleNode parent) {
        this.path = path;
        this.weight = weight;
        this.parent = parent;
    }

    static RoleNode ofFramework(FrameworkDemand framework, RoleNode role) {
        var node = new RoleNode(framework.id().value(), 1, role);
        node.framework = framework;
        return node;
    }

    void settle(DrfShares shares) {
        rank = shares.share(held) / weight;
    }

    /** Makes this node and all above it richer, and sorts them in again. */
    void grow(Quantities granted, DrfShares shares) {
        var above = parent;
        boolean ranked = above != null && above.ranking.remove(this);
        held = held.plus(granted);
        grants++;
        settle(shares);
        if (above != null) {
            if (ranked) {
                above.ranking.add(this);
            }
            above.grow(granted, shares);
        }
    }
}
