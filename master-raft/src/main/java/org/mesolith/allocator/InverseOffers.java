package org.mesolith.allocator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/**
 * Which frameworks are asked to leave which agents: one question for each that holds something on an agent that will
 * be taken down; no second one while one is unanswered or while the answer asked for time. One thread.
 */
public final class InverseOffers {
    /** A framework and an agent it is asked to leave. */
    public record Asked(FrameworkId framework, AgentId agent) implements Comparable<Asked> {
        @Override
        public int compareTo(Asked other) {
            int byFramework = framework.compareTo(other.framework);
            return byFramework != 0 ? byFramework : agent.compareTo(other.agent);
        }
    }

    /** What happened to the last question. */
    private sealed interface State {
        /** It waits for its answer. */
        record Waiting() implements State {}

        /** It was answered; the next one is not before this time. */
        record Answered(Instant until) implements State {}
    }

    private final Supplier<Instant> clock;
    private final Duration interval;
    private final SortedMap<AgentId, SortedMap<FrameworkId, State>> byAgent = new TreeMap<>();

    /**
     * Nobody was asked yet.
     *
     * @param clock says what time it is
     * @param interval between periodic rounds; an answer with a time holds at least so long
     */
    public InverseOffers(Supplier<Instant> clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /**
     * The questions that a round over these agents puts.
     *
     * @param holders the connected frameworks that hold something on an agent; nobody if it will not be taken down
     */
    public List<Asked> due(Collection<AgentId> agents, Function<AgentId, ? extends Collection<FrameworkId>> holders) {
        var due = new ArrayList<Asked>();
        for (var agent : agents) {
            for (var framework : holders.apply(agent)) {
                var states = byAgent.computeIfAbsent(agent, a -> new TreeMap<>());
                if (isDue(states.get(framework))) {
                    states.put(framework, new State.Waiting());
                    due.add(new Asked(framework, agent));
                }
            }
        }
        return due;
    }

    private boolean isDue(@Nullable State last) {
        return last == null
                || (last instanceof State.Answered(var until) && !clock.get().isBefore(until));
    }

    /** The framework answered its question; it is not asked again for this time. */
    public void answered(FrameworkId framework, AgentId agent, Duration time) {
        var states = byAgent.get(agent);
        if (states == null) {
            return;
        }
        if (time.isZero() || time.isNegative()) {
            states.remove(framework);
        } else {
            var lasting = time.compareTo(interval) > 0 ? time : interval;
            states.put(framework, new State.Answered(clock.get().plus(lasting)));
        }
    }

    /**
     * The agent is not offered any more, or will be taken down at another time than before, or not at all: all begins
     * anew. Says who had a question that is void.
     */
    public List<Asked> withdraw(AgentId agent) {
        var states = byAgent.remove(agent);
        if (states == null) {
            return List.of();
        }
        var waiting = new ArrayList<Asked>();
        states.forEach((framework, state) -> {
            if (state instanceof State.Waiting) {
                waiting.add(new Asked(framework, agent));
            }
        });
        return waiting;
    }

    /** The framework is gone, or knows of no question any more. */
    public void forget(FrameworkId framework) {
        byAgent.values().forEach(states -> states.remove(framework));
    }

    /** The framework wants to be asked again: the time of its answers is over. */
    public void revive(FrameworkId framework) {
        byAgent.values().forEach(states -> {
            if (states.get(framework) instanceof State.Answered) {
                states.remove(framework);
            }
        });
    }
}
