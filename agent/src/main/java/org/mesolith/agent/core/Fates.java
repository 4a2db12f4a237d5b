package org.mesolith.agent.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;

/**
 * Built-in executors (Mesos: default executor) and the fate that the tasks of a group share: one that has failed or was
 * killed takes the others of its group with it, and nobody else. Such an executor has no process. It begins with its
 * first group, and is over when its last task is and the framework knows.
 */
final class Fates {
    private final RunBook book;
    private final Executors executors;
    private final RunSteps steps;

    /** The others of a group are being ended: those that end at once change nothing more. */
    private boolean spreading;

    Fates(RunBook book, Executors executors, RunSteps steps) {
        this.book = book;
        this.executors = executors;
        this.steps = steps;
    }

    /** A task of a group has ended. */
    void ended(Turn turn, TaskRun task, Kills kills) {
        if (spreading) {
            return;
        }
        spread(turn, task, kills);
        settle(turn, executors.host(task));
    }

    private void spread(Turn turn, TaskRun task, Kills kills) {
        if (!task.takesItsGroup()) {
            return;
        }
        boolean drained = task.kill != null && task.kill.cause() == KillOrder.Cause.DRAINED;
        var cause = drained ? KillOrder.Cause.DRAINED : KillOrder.Cause.GROUP;
        spreading = true;
        for (var other : book.groupOf(task)) {
            if (!other.isEnded() && other.kill == null) {
                kills.kill(turn, other, new KillOrder(turn.now(), other.killGrace(), cause));
            }
        }
        spreading = false;
    }

    /** Ends all tasks of a built-in executor, then itself. No task has longer than the executor. */
    void shutdown(Turn turn, TaskRun host, Kills kills) {
        if (host.isEnded()) {
            return;
        }
        var grace = host.builtInGrace == null ? Duration.ZERO : host.builtInGrace;
        if (host.kill == null) {
            host.kill = new KillOrder(turn.now(), grace, KillOrder.Cause.SHUTDOWN);
            host.phase = Phase.KILLING;
            host.write(turn);
        }
        spreading = true;
        for (var task : book.under(host.id)) {
            var own = task.killGrace();
            var less = own.compareTo(grace) < 0 ? own : grace;
            kills.kill(turn, task, new KillOrder(turn.now(), less, KillOrder.Cause.SHUTDOWN));
            book.forgetIfDone(turn, task);
        }
        spreading = false;
        settle(turn, host);
    }

    /** A built-in executor without a task that runs is over once all is acknowledged, or it was told to end. */
    void settle(Turn turn, @Nullable TaskRun host) {
        if (host == null || !host.isBuiltIn() || host.isEnded()) {
            return;
        }
        var tasks = book.under(host.id);
        if (!tasks.stream().allMatch(TaskRun::isEnded)) {
            host.ending = false;
        } else if (host.kill != null || tasks.stream().allMatch(task -> task.stream.isDone())) {
            end(turn, host);
        } else if (!host.ending) {
            host.ending = true;
            turn.wakeAfter(AgentSettings.EXECUTOR_IDLE_MAX, new Wake.ExecutorIdle(host.id));
        }
    }

    /** A timer: one that is still without a task that runs is over, whatever is acknowledged. */
    void idle(Turn turn, @Nullable TaskRun host) {
        boolean idle = host != null
                && host.ending
                && !host.isEnded()
                && book.under(host.id).stream().allMatch(TaskRun::isEnded);
        if (host != null && idle) {
            end(turn, host);
        }
    }

    private void end(Turn turn, TaskRun host) {
        steps.endBuiltIn(turn, host);
        executors.ended(turn, host);
        book.forgetIfDone(turn, host);
    }

    /** Takes up what an earlier agent process had begun and not finished. */
    void recovered(Turn turn, Kills kills) {
        for (var run : book.all()) {
            if (run.isShared()) {
                var host = executors.host(run);
                if (host == null || host.isEnded()) {
                    kills.kill(turn, run, new KillOrder(turn.now(), run.killGrace(), KillOrder.Cause.SHUTDOWN));
                } else {
                    spread(turn, run, kills);
                }
            }
        }
        book.all().stream().filter(TaskRun::isShared).forEach(run -> book.forgetIfDone(turn, run));
        for (var run : book.all()) {
            if (run.isBuiltIn() && run.kill != null) {
                shutdown(turn, run, kills);
            } else if (run.isBuiltIn()) {
                settle(turn, run);
            }
        }
    }
}
