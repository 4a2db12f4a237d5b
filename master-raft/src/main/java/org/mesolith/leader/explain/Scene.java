package org.mesolith.leader.explain;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.Allocator;
import org.mesolith.allocator.FilterPicture;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.allocator.Verdict;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/**
 * What offers depend on, at one moment. Immutable; any thread.
 *
 * @param input what a round over all agents would be told
 * @param asides agents that no round is over
 * @param holdings what is in use or offered
 * @param filters when refusals end
 * @param held what rounds wait for; null if for nothing
 */
public record Scene(
        AllocationInput input,
        SortedMap<AgentId, Aside> asides,
        Holdings holdings,
        FilterPicture filters,
        @Nullable RoundsHeld held,
        Instant now) {
    /** The same with another input. */
    Scene with(AllocationInput changed) {
        return new Scene(changed, asides, holdings, filters, held, now);
    }

    /** The same with rounds that wait for nothing. */
    Scene released() {
        return new Scene(input, asides, holdings, filters, null, now);
    }

    /** A round over this agent alone; over none if it is aside. */
    Scene over(AgentId agent) {
        var supply = supply(agent);
        return with(Edits.agents(input, supply == null ? List.of() : List.of(supply)));
    }

    @Nullable
    AgentSupply supply(AgentId agent) {
        for (var supply : input.agents()) {
            if (supply.id().equals(agent)) {
                return supply;
            }
        }
        return null;
    }

    @Nullable
    FrameworkDemand framework(FrameworkId id) {
        for (var framework : input.frameworks()) {
            if (framework.id().equals(id)) {
                return framework;
            }
        }
        return null;
    }

    /** What a round over the agents of the input says of this one for the framework and role; null if it is aside. */
    @Nullable
    Verdict verdict(FrameworkId framework, String role, AgentId agent) {
        var ofRole = Allocator.explain(input, framework).get(role);
        return ofRole == null ? null : ofRole.get(agent);
    }

    /** What keeps everything from a framework that has nothing to do with the role. */
    Verdict.Answer uninvolved(FrameworkId framework, String role) {
        var demand = framework(framework);
        var answer = demand == null ? null : demand.unwilling(role);
        return answer == null ? Verdict.Answer.FRAMEWORK_NOT_CONNECTED : answer;
    }
}
