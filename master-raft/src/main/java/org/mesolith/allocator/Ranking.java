package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.mesolith.base.Check;
import org.mesolith.model.Resources;

/** Roles, and in each its frameworks, by how poor they are; for one round. */
final class Ranking {
    /** The frameworks of one role. */
    private static final class Crowd {
        private final ShareTree tree;
        private final SortedMap<String, FrameworkDemand> byId = new TreeMap<>();
        private List<FrameworkDemand> order = List.of();
        private boolean ordered;

        Crowd(List<String> excluded) {
            this.tree = new ShareTree(excluded);
        }

        List<FrameworkDemand> poorestFirst() {
            if (!ordered) {
                var fresh = new ArrayList<FrameworkDemand>(byId.size());
                tree.visit(id -> fresh.add(Check.present(byId.get(id), "framework")));
                order = fresh;
                ordered = true;
            }
            return order;
        }
    }

    private final ShareTree roles;
    private final SortedMap<String, Crowd> crowds = new TreeMap<>();

    Ranking(AllocationInput input) {
        var excluded = input.rules().fairnessExclude();
        roles = new ShareTree(excluded);
        roles.setTotal(input.clusterTotal());
        input.weightByRole().forEach(roles::setWeight);
        for (var framework : input.frameworks()) {
            framework.roles().forEach((role, demand) -> add(input, framework, role, demand));
        }
        crowds.forEach((role, crowd) -> {
            roles.setGrants(role, input.grants().ofPath(role));
            roles.setGrants(role + ShareTree.OWN_ENTRY, input.grants().ofPath(GrantCounts.ownEntry(role)));
            for (var above : org.mesolith.model.Roles.ancestors(role)) {
                roles.setGrants(above, input.grants().ofPath(above));
            }
        });
    }

    private void add(AllocationInput input, FrameworkDemand framework, String role, RoleDemand demand) {
        var crowd = crowds.get(role);
        boolean wanted = framework.wants(role);
        if (crowd == null) {
            crowd = new Crowd(input.rules().fairnessExclude());
            crowd.tree.setTotal(input.clusterTotal());
            crowds.put(role, crowd);
            roles.add(role, wanted);
        } else if (wanted) {
            roles.setActive(role, true);
        }
        var id = framework.id().value();
        crowd.byId.put(id, framework);
        crowd.tree.add(id, wanted);
        crowd.tree.hold(id, demand.held());
        crowd.tree.setGrants(id, input.grants().ofFramework(role, framework.id()));
        roles.hold(role, demand.held());
        for (var shared : demand.heldShared().entrySet()) {
            var agent = shared.getKey().value();
            crowd.tree.changed(id, agent, Resources.EMPTY, shared.getValue());
            roles.changed(role, agent, Resources.EMPTY, shared.getValue());
        }
    }

    /** The roles somebody wants offers for, poorest first, until told to stop by false; grants wait for the end. */
    void visitRoles(Predicate<String> visitor) {
        roles.visit(visitor);
    }

    /** The frameworks that want offers for the role, poorest first. */
    List<FrameworkDemand> frameworks(String role) {
        return Check.present(crowds.get(role), "role").poorestFirst();
    }

    /** @param more how many grants it counts for */
    void granted(Allocation grant, long more) {
        var crowd = Check.present(crowds.get(grant.role()), "role");
        crowd.ordered = false;
        var resources = grant.resources();
        if (resources.shared().isEmpty()) {
            var scalars = resources.scalarQuantities();
            roles.hold(grant.role(), scalars);
            crowd.tree.hold(grant.framework().value(), scalars);
        } else {
            var agent = grant.agent().value();
            roles.changed(grant.role(), agent, Resources.EMPTY, resources);
            crowd.tree.changed(grant.framework().value(), agent, Resources.EMPTY, resources);
        }
        roles.granted(grant.role(), more);
        crowd.tree.granted(grant.framework().value(), more);
    }

    /** The dominant share of every role that has a framework, with everything below it. */
    SortedMap<String, Double> shares() {
        var shares = new TreeMap<String, Double>();
        crowds.keySet().forEach(role -> shares.put(role, Check.present(roles.share(role), "share of a role")));
        return shares;
    }
}
