package org.mesolith.leader.explain;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;

/**
 * How a cluster would be divided if every framework that wants offers took all it is offered in one round.
 *
 * @param after what a next round would be told
 * @param heldByRole scalars held for each role itself, then
 * @param heldByFramework scalars held by each framework for all its roles, then
 * @param consumed of their quota by top-level roles, then
 * @param unused scalars that nobody takes
 * @param shareByRole dominant share of each role with everything below it, then
 */
record Division(
        AllocationInput after,
        SortedMap<String, Quantities> heldByRole,
        SortedMap<FrameworkId, Quantities> heldByFramework,
        SortedMap<String, Quantities> consumed,
        Quantities unused,
        SortedMap<String, Double> shareByRole) {
    static Division of(AllocationInput input) {
        var given = new TreeMap<FrameworkId, SortedMap<String, Quantities>>();
        var consumed = new TreeMap<>(input.quota().consumed());
        var unused = Quantities.NONE;
        for (var agent : input.agents()) {
            unused = unused.plus(agent.free().scalarQuantities());
        }
        for (var allocation : Allocator.allocate(input)) {
            var scalars = allocation.resources().scalarQuantities();
            given.computeIfAbsent(allocation.framework(), f -> new TreeMap<>())
                    .merge(allocation.role(), scalars, Quantities::plus);
            consumed.merge(
                    QuotaBook.topOf(allocation.role()), Changes.chargeable(allocation.resources()), Quantities::plus);
            unused = unused.without(scalars);
        }
        var after = Edits.frameworks(
                input,
                input.frameworks().stream()
                        .map(framework -> with(framework, given.getOrDefault(framework.id(), new TreeMap<>())))
                        .toList());
        var byRole = new TreeMap<String, Quantities>();
        var byFramework = new TreeMap<FrameworkId, Quantities>();
        for (var framework : after.frameworks()) {
            framework.roles().forEach((role, demand) -> {
                byRole.merge(role, demand.held(), Quantities::plus);
                byFramework.merge(framework.id(), demand.held(), Quantities::plus);
            });
        }
        return new Division(after, byRole, byFramework, consumed, unused, Allocator.shares(after));
    }

    private static FrameworkDemand with(FrameworkDemand framework, SortedMap<String, Quantities> given) {
        var roles = new TreeMap<String, RoleDemand>();
        framework
                .roles()
                .forEach((role, demand) -> roles.put(
                        role, Edits.held(demand, demand.held().plus(given.getOrDefault(role, Quantities.NONE)))));
        return Edits.roles(framework, roles);
    }
}
