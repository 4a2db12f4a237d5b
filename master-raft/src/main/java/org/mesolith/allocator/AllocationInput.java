package org.mesolith.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.model.Quantities;

/**
 * All that a round may know. The maps and lists must not change while it runs.
 *
 * @param seed of the order in which agents are looked at
 * @param clusterTotal scalars of all registered agents, also of those this round is not over
 * @param agents those the round is over: connected, active, each once
 * @param frameworks every framework that has a role or holds something
 * @param weightByRole weights that were set; others are 1
 * @param grants how often each was served before
 */
public record AllocationInput(
        long seed,
        Quantities clusterTotal,
        List<AgentSupply> agents,
        List<FrameworkDemand> frameworks,
        SortedMap<String, Double> weightByRole,
        GrantCounts grants,
        QuotaBook quota,
        AllocatorRules rules) {
    /** A round without quota. */
    public AllocationInput(
            long seed,
            Quantities clusterTotal,
            List<AgentSupply> agents,
            List<FrameworkDemand> frameworks,
            SortedMap<String, Double> weightByRole,
            GrantCounts grants,
            AllocatorRules rules) {
        this(seed, clusterTotal, agents, frameworks, weightByRole, grants, QuotaBook.NONE, rules);
    }

    /**
     * The same for other threads: with counts that stay as they are, and what was refused at one moment.
     *
     * @param book with the sums, also when nobody has a quota
     */
    public AllocationInput still(QuotaBook book, FilterPicture filters) {
        var demands = new ArrayList<FrameworkDemand>(frameworks.size());
        for (var framework : frameworks) {
            var roles = new TreeMap<String, RoleDemand>();
            framework.roles().forEach((role, demand) -> {
                var refused = filters.refused(framework.id(), role);
                roles.put(
                        role,
                        new RoleDemand(
                                demand.state(), demand.held(), demand.heldShared(), demand.minAllocatable(), refused));
            });
            demands.add(new FrameworkDemand(
                    framework.id(), framework.active(), framework.capabilities(), roles, framework.constraints()));
        }
        return new AllocationInput(
                seed, clusterTotal, List.copyOf(agents), demands, weightByRole, grants.copy(), book, rules);
    }
}
