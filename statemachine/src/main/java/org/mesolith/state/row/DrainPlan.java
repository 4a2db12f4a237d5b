package org.mesolith.state.row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;

/**
 * Agents that an operator has emptied one batch after the other. The leader begins the next batch when nothing is left
 * on the one before; which leader it is does not matter.
 *
 * @param number counts up, never used again; shown as {@code D7}
 * @param parts the agents in the order in which they are emptied
 * @param maxUnavailable so many agents are emptied at a time, at most
 * @param maxGrace caps the time between TERM and KILL of tasks, null for each task's own
 * @param deadline no batch begins at this time or later; null for none
 * @param principal who made it, empty when nobody asked
 */
public record DrainPlan(
        long number,
        State state,
        List<Part> parts,
        int maxUnavailable,
        @Nullable Duration maxGrace,
        @Nullable Instant deadline,
        Instant createdAt,
        String principal) {
    public DrainPlan {
        parts = List.copyOf(parts);
    }

    /** How far it is. The numbers are part of the stored format. */
    public enum State {
        /** Batches begin, one after the other. */
        RUNNING(1),
        /** No further batch begins; the one that has begun goes on. */
        PAUSED(2),
        /** No agent of it is to be emptied any more. */
        DONE(3),
        /** The deadline came first. */
        LATE(4),
        /** Its agents were given back. */
        CANCELLED(5);

        private final int number;

        State(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** Whether the leader has still to do with it. */
        public boolean isOpen() {
            return this == RUNNING || this == PAUSED;
        }

        /** The state of this number, null for one of a newer version. */
        public static @Nullable State of(int number) {
            for (var state : values()) {
                if (state.number == number) {
                    return state;
                }
            }
            return null;
        }
    }

    /** How far it is with one agent. The numbers are part of the stored format. */
    public enum Step {
        /** Its batch has not begun. */
        WAITING(1),
        /** Its tasks are ended. */
        DRAINING(2),
        /** Nothing was left on it. */
        DRAINED(3),
        /** When its batch began it could not be emptied: somebody else did, or its machine is to be maintained. */
        SKIPPED(4),
        /** It is not known any more. */
        GONE(5),
        /** It is in use again. */
        RETURNED(6);

        private final int number;

        Step(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** The step of this number, null for one of a newer version. */
        public static @Nullable Step of(int number) {
            for (var step : values()) {
                if (step.number == number) {
                    return step;
                }
            }
            return null;
        }
    }

    /**
     * One agent.
     *
     * @param batch from 1; agents of one batch are emptied together
     * @param wasDeactivated before the plan came to it: it is given back as it was
     */
    public record Part(AgentId agent, int batch, Step step, boolean wasDeactivated) {
        /** The same, further on. */
        public Part at(Step next) {
            return new Part(agent, batch, next, wasDeactivated);
        }

        /** The same, being emptied from now on. */
        public Part begun(boolean deactivated) {
            return new Part(agent, batch, Step.DRAINING, deactivated);
        }
    }

    /** As operators name it. */
    public String id() {
        return "D" + number;
    }

    /** What an agent of the plan is told. */
    public Drain order() {
        return new Drain(maxGrace, false, false);
    }

    /** Whether an agent that stands so was emptied by this plan, or is being. */
    public boolean isOwn(@Nullable Drain drain) {
        return drain != null && (drain.equals(order()) || drain.equals(order().done()));
    }

    /** How many agents are there. */
    public int count(Step step) {
        return (int) parts.stream().filter(part -> part.step() == step).count();
    }

    /** How many batches. */
    public int batches() {
        return parts.isEmpty() ? 0 : parts.getLast().batch();
    }

    /** The batch that has begun and is not over, else the next one; 0 when none is left. */
    public int batch() {
        for (var part : parts) {
            if (part.step() == Step.DRAINING || part.step() == Step.WAITING) {
                return part.batch();
            }
        }
        return 0;
    }

    /** Whether the agent is to be emptied by it, or was. */
    public boolean holds(AgentId agent) {
        return parts.stream().anyMatch(part -> part.agent().equals(agent));
    }

    public DrainPlan with(State changed, List<Part> changedParts) {
        return new DrainPlan(number, changed, changedParts, maxUnavailable, maxGrace, deadline, createdAt, principal);
    }
}
