package org.mesolith.agent.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.base.Check;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/** Moves one run along {@link TaskLifecycle} and turns its actions into effects. */
final class RunSteps {
    private final Counters counters;

    RunSteps(Counters counters) {
        this.counters = counters;
    }

    /** One step of the table. Writes the run whenever something changed that must outlive the process. */
    void step(Turn turn, TaskRun run, TaskLifecycle.Input input) {
        var step = TaskLifecycle.step(run.phase, input);
        run.phase = step.next();
        for (var action : step.actions()) {
            perform(turn, run, action);
        }
    }

    /** Ends a run that was never started, with this update. */
    void end(Turn turn, TaskRun run, RunRecord.Update update) {
        run.phase = TaskLifecycle.Phase.ENDED;
        run.add(update);
        counters.ended(update.state());
        run.write(turn);
    }

    /** The order is on disk, or was found there: what comes first. */
    void recorded(Turn turn, TaskRun run) {
        boolean wants = !Check.present(run.spec, "what to run").uris().isEmpty();
        step(turn, run, wants ? TaskLifecycle.Input.RECORDED_WITH_URIS : TaskLifecycle.Input.RECORDED);
    }

    private void perform(Turn turn, TaskRun run, TaskLifecycle.Action action) {
        switch (action) {
            case FETCH ->
                turn.add(new AgentEffect.Fetch(
                        run.id,
                        run.container,
                        run.order.agent(),
                        run.within(),
                        Check.present(run.spec, "what to fetch")));
            case STOP_FETCH -> turn.add(new AgentEffect.StopFetch(run.id, run.container));
            case SPAWN -> spawn(turn, run);
            case REPORT_RUNNING -> {
                if (run.id.executor()) {
                    run.write(turn);
                    return;
                }
                if (run.spec != null && run.spec.check() != null) {
                    run.watched = run.watched.withCheck(
                            CheckStatus.empty(run.spec.check().target()));
                }
                run.add(executor(turn, TaskState.TASK_RUNNING));
                run.write(turn);
                watchTime(turn, run);
            }
            case REPORT_KILLING -> {
                if (run.spec != null && run.spec.killingState() && !run.id.executor()) {
                    boolean drained = run.kill != null && run.kill.cause() == KillOrder.Cause.DRAINED;
                    var reason = drained ? StatusReason.REASON_AGENT_DRAINING : null;
                    run.add(new RunRecord.Update(
                            TaskState.TASK_KILLING, StatusSource.SOURCE_EXECUTOR, reason, "", turn.now()));
                }
                run.write(turn);
            }
            // The order to end is on disk first: else a crash right here would show a task that failed by itself.
            case TERMINATE -> {
                run.writes.then(
                        turn,
                        run.listener == 0
                                ? new AgentEffect.Terminate(run.id, run.container)
                                : new AgentEffect.TellExecutor(run.listener, new ExecutorEvent.Shutdown()));
                if (run.kill != null) {
                    // Behind TERM, so that a slow disk does not eat the task's time to end in order.
                    var left = positive(Duration.between(turn.now(), run.kill.deadline()));
                    run.writes.then(turn, new AgentEffect.WakeAfter(left, new Wake.GraceOver(run.id)));
                }
            }
            case KILL_TREE -> turn.add(new AgentEffect.KillTree(run.id, run.container));
            case CLEAN_UP -> turn.add(new AgentEffect.CleanUp(run.id, run.container));
            case REPORT_END -> {
                if (run.id.executor()) {
                    run.add(executorEnd(turn, run));
                    run.write(turn);
                    return;
                }
                var end = Endings.of(run.kill, run.exit, run.over, turn.now());
                run.add(end);
                counters.ended(end.state());
                run.write(turn);
            }
        }
    }

    /** Ends a built-in executor, whose tasks are over. */
    void endBuiltIn(Turn turn, TaskRun host) {
        host.exit = new TaskExit.Status(0);
        host.phase = TaskLifecycle.Phase.ENDED;
        host.add(executorEnd(turn, host));
        host.write(turn);
    }

    /** What is told of an executor that is over; how its process ended is kept where executors keep their bytes. */
    private static RunRecord.Update executorEnd(Turn turn, TaskRun run) {
        var state = TaskState.TASK_FINISHED;
        return new RunRecord.Update(
                state,
                StatusSource.SOURCE_AGENT,
                null,
                Endings.ofExecutor(run.kill, run.exit),
                turn.now(),
                null,
                null,
                new RunRecord.Said(
                        Names.update(run.container, run.stream.size(), state),
                        Opaque.empty(""),
                        Executors.bytes(Executors.status(run.exit))));
    }

    private void spawn(Turn turn, TaskRun run) {
        var spec = Check.present(run.spec, "what to spawn");
        turn.add(new AgentEffect.Spawn(run.id, run.container, run.order.agent(), run.within(), spec));
    }

    /** Wakes up when the task's own time is over. */
    void watchTime(Turn turn, TaskRun run) {
        var rest = timeLeft(turn, run);
        if (rest != null) {
            turn.wakeAfter(rest, new Wake.TimeOver(run.id));
        }
    }

    /** Wakes up when the time between TERM and KILL is over. */
    void watchGrace(Turn turn, TaskRun run) {
        if (run.kill != null) {
            turn.wakeAfter(Duration.between(turn.now(), run.kill.deadline()), new Wake.GraceOver(run.id));
        }
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** What is left of the task's own time, null when it has no bound or does not run. */
    static @Nullable Duration timeLeft(Turn turn, TaskRun run) {
        if (run.phase != TaskLifecycle.Phase.RUNNING || run.spec == null || run.spec.completionTimeMax() == null) {
            return null;
        }
        var started = run.startedAt();
        return started == null ? null : Duration.between(turn.now(), started.plus(run.spec.completionTimeMax()));
    }

    private static RunRecord.Update executor(Turn turn, TaskState state) {
        return new RunRecord.Update(state, StatusSource.SOURCE_EXECUTOR, null, "", turn.now());
    }

    /** An update that the agent makes in its own name. */
    static RunRecord.Update agent(Turn turn, TaskState state, StatusReason reason, String message) {
        return new RunRecord.Update(state, StatusSource.SOURCE_AGENT, reason, message, turn.now());
    }
}
