package org.mesolith.allocator;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.mesolith.base.Check;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;

/** Roles, and in each its frameworks, by how poor they are; for one round. */
final class Ranking {
    private final ShareTree<Crowd> roles;
    private final SortedMap<String, Crowd> crowds = new TreeMap<>();
    private int abilities;
    private boolean lackingOnly;

    Ranking(AllocationInput input) {
        var amounts = new Amounts(input.rules().fairnessExclude());
        roles = new ShareTree<>(amounts);
        roles.setTotal(input.clusterTotal());
        input.weightByRole().forEach(roles::setWeight);
        for (var framework : input.frameworks()) {
            Member.forEach(
                    framework,
                    (role, member) -> crowds.computeIfAbsent(role, name -> new Crowd(name, input, amounts))
                            .add(member));
        }
        crowds.forEach((role, crowd) -> {
            roles.add(role, crowd.isWanted(), crowd);
            roles.hold(role, crowd.heldAtFirst());
            abilities |= crowd.abilities();
        });
        for (var framework : input.frameworks()) {
            framework
                    .roles()
                    .forEach((role, demand) -> demand.heldShared()
                            .forEach((agent, volumes) -> roles.changed(role, agent.value(), Resources.EMPTY, volumes)));
        }
        crowds.keySet().forEach(role -> {
            roles.setGrants(role, input.grants().ofPath(role));
            roles.setGrants(role + ShareTree.OWN_ENTRY, input.grants().ofPath(GrantCounts.ownEntry(role)));
            for (var above : Roles.ancestors(role)) {
                roles.setGrants(above, input.grants().ofPath(above));
            }
        });
    }

    /** The frameworks of a role that is in the input. */
    Crowd crowd(String role) {
        return Check.present(crowds.get(role), "role");
    }

    /** Tells every role what quotas there are. */
    void setQuotas(Headroom headroom) {
        crowds.values().forEach(crowd -> crowd.setQuotas(headroom));
    }

    /** From here on only roles are visited whose guarantee is not met, and each only until it is. */
    void admitThoseThatLack() {
        lackingOnly = true;
        crowds.forEach((role, crowd) -> roles.setActive(role, crowd.isWanted() && crowd.lacks()));
    }

    /** From here on all roles are visited. */
    void admitAll() {
        lackingOnly = false;
        crowds.forEach((role, crowd) -> roles.setActive(role, crowd.isWanted()));
    }

    /** Whether there is a role to be visited. */
    boolean isAnybodyAdmitted() {
        return roles.isAnybodyActive();
    }

    /** What those that want offers can deal with, all together. */
    int abilities() {
        return abilities;
    }

    /** The roles somebody wants offers for, poorest first, until told to stop by false; grants wait for the end. */
    void visitRoles(Predicate<Crowd> visitor) {
        roles.visit(visitor);
    }

    /** What is still to come of a visit is only these roles and those below them. */
    void narrow(Iterable<String> paths) {
        roles.narrow(paths);
    }

    /** @param more how many grants it counts for */
    void granted(Allocation grant, long more) {
        var crowd = crowd(grant.role());
        var resources = grant.resources();
        if (resources.shared().isEmpty()) {
            var scalars = resources.scalarQuantities();
            roles.hold(grant.role(), scalars);
            crowd.granted(grant, scalars, more);
        } else {
            roles.changed(grant.role(), grant.agent().value(), Resources.EMPTY, resources);
            crowd.granted(grant, null, more);
        }
        roles.granted(grant.role(), more);
        if (lackingOnly && !crowd.lacks()) {
            roles.setActive(grant.role(), false);
        }
    }

    /** The dominant share of every role that has a framework, with everything below it. */
    SortedMap<String, Double> shares() {
        var shares = new TreeMap<String, Double>();
        crowds.keySet().forEach(role -> shares.put(role, Check.present(roles.share(role), "share of a role")));
        return shares;
    }

    /** How two frameworks stand to each other where their paths part. */
    Verdict.Standing standing(FrameworkId own, String ownRole, FrameworkId other, String otherRole) {
        if (ownRole.equals(otherRole)) {
            return crowd(ownRole).standing(own, other);
        }
        return roles.standing(ownRole, otherRole);
    }
}
