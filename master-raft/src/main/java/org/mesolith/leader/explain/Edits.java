package org.mesolith.leader.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.QuotaBook;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Quota;

/** Copies of inputs with one thing changed. */
final class Edits {
    private Edits() {}

    static AllocationInput agents(AllocationInput input, List<AgentSupply> agents) {
        return make(input, input.clusterTotal(), agents, input.frameworks(), input.weightByRole(), input.quota());
    }

    static AllocationInput agent(AllocationInput input, AgentId id, UnaryOperator<AgentSupply> edit) {
        var agents = new ArrayList<AgentSupply>();
        for (var agent : input.agents()) {
            agents.add(agent.id().equals(id) ? edit.apply(agent) : agent);
        }
        return agents(input, agents);
    }

    static AllocationInput total(AllocationInput input, Quantities total) {
        return make(input, total, input.agents(), input.frameworks(), input.weightByRole(), input.quota());
    }

    static AllocationInput frameworks(AllocationInput input, List<FrameworkDemand> frameworks) {
        return make(input, input.clusterTotal(), input.agents(), frameworks, input.weightByRole(), input.quota());
    }

    static AllocationInput framework(AllocationInput input, FrameworkId id, UnaryOperator<FrameworkDemand> edit) {
        var frameworks = new ArrayList<FrameworkDemand>();
        for (var framework : input.frameworks()) {
            frameworks.add(framework.id().equals(id) ? edit.apply(framework) : framework);
        }
        return frameworks(input, frameworks);
    }

    /** One that does not have the role yet holds nothing for it. */
    static AllocationInput role(AllocationInput input, FrameworkId id, String role, UnaryOperator<RoleDemand> edit) {
        return framework(input, id, framework -> {
            var roles = new TreeMap<>(framework.roles());
            var before = roles.get(role);
            var known = before == null
                    ? new RoleDemand(RoleDemand.State.LEFT, Quantities.NONE, null, new TreeMap<>())
                    : before;
            roles.put(role, edit.apply(known));
            return roles(framework, roles);
        });
    }

    static FrameworkDemand roles(FrameworkDemand framework, SortedMap<String, RoleDemand> roles) {
        return new FrameworkDemand(
                framework.id(), framework.active(), framework.capabilities(), roles, framework.constraints());
    }

    static RoleDemand state(RoleDemand demand, RoleDemand.State state) {
        return new RoleDemand(state, demand.held(), demand.heldShared(), demand.minAllocatable(), demand.refused());
    }

    static RoleDemand held(RoleDemand demand, Quantities held) {
        return new RoleDemand(demand.state(), held, demand.heldShared(), demand.minAllocatable(), demand.refused());
    }

    static RoleDemand minimum(RoleDemand demand, @Nullable List<Quantities> minimum) {
        return new RoleDemand(demand.state(), demand.held(), demand.heldShared(), minimum, demand.refused());
    }

    static RoleDemand unfiltered(RoleDemand demand) {
        return new RoleDemand(
                demand.state(), demand.held(), demand.heldShared(), demand.minAllocatable(), new TreeMap<>());
    }

    static AllocationInput weight(AllocationInput input, String role, double weight) {
        var weights = new TreeMap<>(input.weightByRole());
        weights.put(role, weight);
        return make(input, input.clusterTotal(), input.agents(), input.frameworks(), weights, input.quota());
    }

    static AllocationInput quota(AllocationInput input, QuotaBook quota) {
        return make(input, input.clusterTotal(), input.agents(), input.frameworks(), input.weightByRole(), quota);
    }

    static AllocationInput quota(AllocationInput input, Quota changed) {
        var quotas = new TreeMap<>(input.quota().quotas());
        if (changed.isNone()) {
            quotas.remove(changed.role());
        } else {
            quotas.put(changed.role(), changed);
        }
        var book = input.quota();
        return quota(input, new QuotaBook(quotas, book.consumed(), book.free()));
    }

    /** The cluster has these more free, and less. */
    static AllocationInput free(AllocationInput input, Quantities more, Quantities less) {
        var book = input.quota();
        return quota(
                input,
                new QuotaBook(
                        book.quotas(), book.consumed(), book.free().plus(more).without(less)));
    }

    /** The top of the role's path consumes less. */
    static AllocationInput consumedLess(AllocationInput input, String role, Quantities less) {
        var book = input.quota();
        var consumed = new TreeMap<>(book.consumed());
        consumed.computeIfPresent(QuotaBook.topOf(role), (top, before) -> before.without(less));
        return quota(input, new QuotaBook(book.quotas(), consumed, book.free()));
    }

    /** The top of the role's path consumes more. */
    static AllocationInput consumedMore(AllocationInput input, String role, Quantities more) {
        var book = input.quota();
        var consumed = new TreeMap<>(book.consumed());
        consumed.computeIfPresent(QuotaBook.topOf(role), (top, before) -> before.plus(more));
        return quota(input, new QuotaBook(book.quotas(), consumed, book.free()));
    }

    private static AllocationInput make(
            AllocationInput input,
            Quantities total,
            List<AgentSupply> agents,
            List<FrameworkDemand> frameworks,
            SortedMap<String, Double> weights,
            QuotaBook quota) {
        return new AllocationInput(
                input.seed(), total, agents, frameworks, weights, input.grants(), quota, input.rules());
    }
}
