package org.mesolith.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.allocator.AgentSupply;
import org.mesolith.allocator.AllocationInput;
import org.mesolith.allocator.FrameworkDemand;
import org.mesolith.allocator.RoleDemand;
import org.mesolith.leader.event.LeaderEvent.AgentMatched;
import org.mesolith.leader.event.LeaderEvent.FrameworkUp;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.leader.offer.Offers;
import org.mesolith.leader.offer.Rounds;
import org.mesolith.leader.offer.Sharing;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.OfferWishes;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.FrameworkRow;
import org.mesolith.state.row.TaskRow;

/**
 * The same cluster as the leader keeps it: registry, offers, what frameworks want. A task on each agent holds what is
 * used there.
 */
final class LeaderLoad {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final List<AgentId> agents = new ArrayList<>();
    private final Offers offers;

    LeaderLoad(AllocationLoad load) {
        var input = load.all();
        var changes = new ArrayList<Change>();
        input.frameworks().forEach(framework -> changes.add(new Change.FrameworkPut(row(framework))));
        input.agents().forEach(agent -> add(agent, input, changes));
        input.weightByRole().forEach((role, weight) -> changes.add(new Change.WeightPut(Weight.of(role, weight))));
        input.quota().quotas().values().forEach(quota -> changes.add(new Change.QuotaPut(quota)));
        var registry = Registry.EMPTY.with(new Position(1, 0), changes);
        var present = new Present(1, START, registry);
        var settings = new Rounds.Settings(Duration.ofSeconds(1), null, input.rules(), Sharing.DEFAULT, input.seed());
        offers = new Offers(present, settings, new Tally());
        agents.forEach(offers::up);
        for (var framework : input.frameworks()) {
            var suppressed = framework.roles().entrySet().stream()
                    .filter(role -> role.getValue().state() == RoleDemand.State.SUPPRESSED)
                    .map(java.util.Map.Entry::getKey)
                    .toList();
            offers.up(new FrameworkUp(framework.id(), suppressed, OfferWishes.NONE));
        }
    }

    private void add(AgentSupply agent, AllocationInput input, List<Change> changes) {
        agents.add(agent.id());
        changes.add(new Change.AgentPut(AgentRow.admitted(agent.id(), agent.info(), agent.total(), START, "")));
        var owner =
                input.frameworks().get(agents.size() * 31 % input.frameworks().size());
        changes.add(new Change.TaskPut(task(owner, agent)));
    }

    private TaskRow task(FrameworkDemand owner, AgentSupply agent) {
        var role = owner.roles().firstKey();
        Resources used = agent.total().without(agent.free()).allocatedTo(role);
        return new TaskRow(
                "task-" + agents.size(),
                owner.id(),
                agent.id(),
                null,
                role,
                used,
                new Position(1, agents.size()),
                TaskState.TASK_RUNNING,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0);
    }

    private static FrameworkRow row(FrameworkDemand framework) {
        var info = new FrameworkInfo(
                framework.id(),
                "user",
                framework.id().value(),
                List.copyOf(framework.roles().keySet()),
                framework.capabilities(),
                Duration.ZERO,
                false,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
        return new FrameworkRow(info, START, null, null);
    }

    /** A round over all agents, from an event to the offers that it leads to. */
    int fullRound() {
        return offers.roundDue().size();
    }

    /** An agent loses its offers, and has been looked at again: the time from its change to its new offers. */
    long oneAgent(int number) {
        var agent = agents.get(number % agents.size());
        offers.down(agent);
        offers.up(agent);
        long start = System.nanoTime();
        offers.matched(new AgentMatched(agent, null, false));
        offers.extraRoundDue();
        return System.nanoTime() - start;
    }

    /** All of them do, at once. */
    long allAgents() {
        for (var agent : agents) {
            offers.down(agent);
        }
        long start = System.nanoTime();
        for (var agent : agents) {
            offers.up(agent);
            offers.matched(new AgentMatched(agent, null, false));
        }
        offers.extraRoundDue();
        return System.nanoTime() - start;
    }
}
