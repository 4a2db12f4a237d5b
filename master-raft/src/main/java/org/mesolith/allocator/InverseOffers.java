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
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/**
 * Which frameworks are asked to leave which agents: one question for each that holds something on an agent with a
 * window of maintenance; no second one while one is unanswered or while the answer asked for time. One thread.
 */
public final class InverseOffers {
    /** A framework and an agent it is asked to leave. */
    public record Asked(FrameworkId framework, AgentId agent) {}

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
     * Without any window.
     *
     * @param clock says what time it is
     * @param interval between periodic rounds; an answer with a time holds at least so long
     */
    public InverseOffers(Supplier<Instant> clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** The agent has a window now, perhaps another one: all begins anew. Says who had a question that is void. */
    public List<Asked> open(AgentId agent) {
        var withdrawn = close(agent);
        byAgent.put(agent, new TreeMap<>());
        return withdrawn;
    }

    /** The agent has no window, or is not there, any more. Says who had a question that is void. */
    public List<Asked> close(AgentId agent) {
        var states = byAgent.remove(agent);
        return states == null ? List.of() : waiting(agent, states);
    }

    private static List<Asked> waiting(AgentId agent, SortedMap<FrameworkId, State> states) {
        var waiting = new ArrayList<Asked>();
        states.forEach((framework, state) -> {
            if (state instanceof State.Waiting) {
                waiting.add(new Asked(framework, agent));
            }
        });
        return waiting;
    }

    /** Forgets what a framework was asked and answered. */
    public void forget(FrameworkId framework) {
        byAgent.values().forEach(states -> states.remove(framework));
    }

    /** A question has ended without an answer: the next round may ask again. */
    public void ended(FrameworkId framework, AgentId agent) {
        answered(framework, agent, Duration.ZERO);
    }

    /** The framework answered; it is not asked again for this time. */
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
     * The questions that a round over these agents puts.
     *
     * @param holders the connected frameworks that hold something on an agent
     */
    public List<Asked> due(Collection<AgentId> agents, Function<AgentId, Collection<FrameworkId>> holders) {
        var due = new ArrayList<Asked>();
        for (var agent : agents) {
            var states = byAgent.get(agent);
            if (states != null) {
                for (var framework : holders.apply(agent)) {
                    if (isDue(states, framework)) {
                        states.put(framework, new State.Waiting());
                        due.add(new Asked(framework, agent));
                    }
                }
            }
        }
        return due;
    }

    private boolean isDue(SortedMap<FrameworkId, State> states, FrameworkId framework) {
        var state = states.get(framework);
        return state == null
                || (state instanceof State.Answered(var until) && !clock.get().isBefore(until));
    }
}
