package org.mesolith.agent.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one run as a table: phase × input gives the next phase and what to do; what is not listed is illegal.
 *
 * <pre>
 *   RECORDING --recorded--> STARTING --spawned--> RUNNING --exited--> ENDING --cleaned--> ENDED
 *      |                     ^  |kill                |kill              ^
 *      +----> FETCHING ------+  v                    v                  |
 *       uris     |kill --> ABORTING --spawned--> KILLING --exited------+
 * </pre>
 */
public final class TaskLifecycle {
    /** Where a run stands. */
    public enum Phase {
        /** The order is being written to disk; nothing was started. */
        RECORDING,
        /** What the task wants is being brought into its sandbox; nothing was started. */
        FETCHING,
        /** The process is being started. */
        STARTING,
        /** A kill came before it was known that the process runs. */
        ABORTING,
        /** The process runs. */
        RUNNING,
        /** The process was asked to end, or is being killed. */
        KILLING,
        /** The process is over; what it left behind is being removed. */
        ENDING,
        /** Nothing is left but updates to be acknowledged. */
        ENDED
    }

    /** What can happen to a run. */
    public enum Input {
        /** The order is on disk, and the task wants nothing. */
        RECORDED,
        /** The order is on disk, and the task wants files in its sandbox. */
        RECORDED_WITH_URIS,
        /** The disk refused the order. */
        NOT_RECORDED,
        /** The sandbox holds what the task wants. */
        FETCHED,
        /** The process runs. */
        SPAWNED,
        /** The process is over, or never was. */
        EXITED,
        /** Somebody wants the task to end. */
        KILL,
        /** The time between TERM and KILL is over. */
        GRACE_OVER,
        /** No process is left. */
        CLEANED_UP
    }

    /** What to do on the way. */
    public enum Action {
        FETCH,
        STOP_FETCH,
        SPAWN,
        REPORT_RUNNING,
        REPORT_KILLING,
        TERMINATE,
        KILL_TREE,
        CLEAN_UP,
        REPORT_END
    }

    /** The next phase, and what to do in this order. */
    public record Step(Phase next, List<Action> actions) {}

    private TaskLifecycle() {}

    /**
     * @throws IllegalStateException for a pair that is not in the table: a defect of ours
     */
    public static Step step(Phase phase, Input input) {
        var step = row(phase, input);
        if (step == null) {
            throw new IllegalStateException("broken invariant: a run in phase " + phase + " met " + input);
        }
        return step;
    }

    /** The table; null for what is illegal. */
    static @Nullable Step row(Phase phase, Input input) {
        return switch (phase) {
            case RECORDING -> recording(input);
            case FETCHING -> fetching(input);
            case STARTING -> starting(input);
            case ABORTING -> aborting(input);
            case RUNNING -> running(input);
            case KILLING -> killing(input);
            case ENDING -> ending(input);
            case ENDED -> ended(input);
        };
    }

    private static @Nullable Step recording(Input input) {
        return switch (input) {
            case RECORDED -> to(Phase.STARTING, Action.SPAWN);
            case RECORDED_WITH_URIS -> to(Phase.FETCHING, Action.FETCH);
            case NOT_RECORDED, KILL -> to(Phase.ENDED, Action.REPORT_END);
            case FETCHED, SPAWNED, EXITED, GRACE_OVER, CLEANED_UP -> null;
        };
    }

    private static @Nullable Step fetching(Input input) {
        return switch (input) {
            case FETCHED -> to(Phase.STARTING, Action.SPAWN);
            case EXITED -> to(Phase.ENDING, Action.CLEAN_UP);
            case KILL -> to(Phase.ABORTING, Action.STOP_FETCH);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, SPAWNED, GRACE_OVER, CLEANED_UP -> null;
        };
    }

    private static @Nullable Step starting(Input input) {
        return switch (input) {
            case SPAWNED -> to(Phase.RUNNING, Action.REPORT_RUNNING);
            case EXITED -> to(Phase.ENDING, Action.CLEAN_UP);
            case KILL -> to(Phase.ABORTING);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, FETCHED, GRACE_OVER, CLEANED_UP -> null;
        };
    }

    private static @Nullable Step aborting(Input input) {
        return switch (input) {
            // TERM only now: before, there was nobody to hear it. The grace counts from the order.
            case SPAWNED -> to(Phase.KILLING, Action.REPORT_KILLING, Action.TERMINATE);
            // Fetched right before it was told to stop: nothing is started any more.
            case EXITED, FETCHED -> to(Phase.ENDING, Action.CLEAN_UP);
            case KILL, GRACE_OVER -> to(Phase.ABORTING);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, CLEANED_UP -> null;
        };
    }

    private static @Nullable Step running(Input input) {
        return switch (input) {
            case SPAWNED -> to(Phase.RUNNING); // found again by a new agent process
            case EXITED -> to(Phase.ENDING, Action.CLEAN_UP);
            case KILL -> to(Phase.KILLING, Action.REPORT_KILLING, Action.TERMINATE);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, FETCHED, GRACE_OVER, CLEANED_UP -> null;
        };
    }

    private static @Nullable Step killing(Input input) {
        return switch (input) {
            // Found again by a new agent process: the old one may have died before its TERM was heard.
            case SPAWNED -> to(Phase.KILLING, Action.TERMINATE);
            case EXITED -> to(Phase.ENDING, Action.CLEAN_UP);
            case KILL -> to(Phase.KILLING);
            case GRACE_OVER -> to(Phase.KILLING, Action.KILL_TREE);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, FETCHED, CLEANED_UP -> null;
        };
    }

    private static @Nullable Step ending(Input input) {
        return switch (input) {
            case CLEANED_UP -> to(Phase.ENDED, Action.REPORT_END);
            case KILL, GRACE_OVER, EXITED, SPAWNED -> to(Phase.ENDING);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, FETCHED -> null;
        };
    }

    private static @Nullable Step ended(Input input) {
        return switch (input) {
            case KILL, GRACE_OVER, EXITED, CLEANED_UP -> to(Phase.ENDED);
            case RECORDED, RECORDED_WITH_URIS, NOT_RECORDED, FETCHED, SPAWNED -> null;
        };
    }

    private static Step to(Phase next, Action... actions) {
        return new Step(next, List.of(actions));
    }
}
