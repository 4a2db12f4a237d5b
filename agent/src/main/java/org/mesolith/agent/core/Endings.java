package org.mesolith.agent.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/** The last state of a command task (Mesos: command executor; the first row that fits decides). */
final class Endings {
    private Endings() {}

    /** @param over how much memory or disk it took and has, when it was found to take too much */
    static RunRecord.Update of(@Nullable KillOrder kill, @Nullable TaskExit exit, @Nullable String over, Instant at) {
        var text = exit == null ? "Killed before it was started" : text(exit);
        if (kill != null && kill.cause() == KillOrder.Cause.TIME_OVER) {
            return update(
                    TaskState.TASK_FAILED, StatusReason.REASON_MAX_COMPLETION_TIME_REACHED, executor(exit), text, at);
        }
        var limitation = kill == null ? null : limitation(kill.cause());
        if (limitation != null) {
            var told = over == null ? "took more than it has" : over;
            return agent(TaskState.TASK_FAILED, limitation, "The task " + told + "; " + text, at);
        }
        if (kill != null) {
            var reason = neverRan(exit) ? StatusReason.REASON_TASK_KILLED_DURING_LAUNCH : null;
            reason = kill.cause() == KillOrder.Cause.DRAINED ? StatusReason.REASON_AGENT_DRAINING : reason;
            boolean ofGroup = kill.cause() == KillOrder.Cause.GROUP;
            var told = ofGroup ? text + "; another task of its group had failed or was killed" : text;
            return update(TaskState.TASK_KILLED, reason, executor(exit), told, at);
        }
        return switch (exit) {
            case TaskExit.Status(int code)
            when code == 0 -> update(TaskState.TASK_FINISHED, null, StatusSource.SOURCE_EXECUTOR, text, at);
            case TaskExit.Status _, TaskExit.Signal _ ->
                update(TaskState.TASK_FAILED, null, StatusSource.SOURCE_EXECUTOR, text, at);
            case TaskExit.Unknown _ ->
                update(
                        TaskState.TASK_FAILED,
                        StatusReason.REASON_EXECUTOR_TERMINATED,
                        StatusSource.SOURCE_AGENT,
                        text,
                        at);
            case TaskExit.Rebooted _ ->
                update(
                        TaskState.TASK_GONE,
                        StatusReason.REASON_EXECUTOR_TERMINATED,
                        StatusSource.SOURCE_AGENT,
                        text,
                        at);
            case TaskExit.NotStarted _ ->
                update(
                        TaskState.TASK_FAILED,
                        StatusReason.REASON_CONTAINER_LAUNCH_FAILED,
                        StatusSource.SOURCE_AGENT,
                        text,
                        at);
            case null -> throw new IllegalStateException("broken invariant: a run ended without kill and exit");
        };
    }

    /** The last state of a task whose executor is over before it had told one. */
    static RunRecord.Update underExecutor(
            @Nullable KillOrder kill, @Nullable TaskExit exit, @Nullable String over, Instant at) {
        var cause = kill == null ? null : kill.cause();
        if (cause == KillOrder.Cause.NOT_REGISTERED) {
            return agent(
                    TaskState.TASK_FAILED,
                    StatusReason.REASON_EXECUTOR_REGISTRATION_TIMEOUT,
                    "The executor did not subscribe in time",
                    at);
        }
        if (cause == KillOrder.Cause.NOT_REREGISTERED) {
            return agent(
                    TaskState.TASK_GONE,
                    StatusReason.REASON_EXECUTOR_REREGISTRATION_TIMEOUT,
                    "The executor did not subscribe again in time after the agent was started again",
                    at);
        }
        var limitation = cause == null ? null : limitation(cause);
        if (limitation != null) {
            return agent(
                    TaskState.TASK_FAILED,
                    limitation,
                    "The executor and its tasks together " + (over == null ? "took more than they have" : over),
                    at);
        }
        var text = exit == null ? "Executor terminated" : "Executor terminated; " + text(exit);
        return switch (exit) {
            case TaskExit.NotStarted(var why) ->
                agent(TaskState.TASK_FAILED, StatusReason.REASON_CONTAINER_LAUNCH_FAILED, why, at);
            case TaskExit.Rebooted _ -> agent(TaskState.TASK_GONE, StatusReason.REASON_EXECUTOR_TERMINATED, text, at);
            case TaskExit.Status _, TaskExit.Signal _, TaskExit.Unknown _ ->
                agent(TaskState.TASK_FAILED, StatusReason.REASON_EXECUTOR_TERMINATED, text, at);
            case null -> agent(TaskState.TASK_FAILED, StatusReason.REASON_EXECUTOR_TERMINATED, text, at);
        };
    }

    /** The end of an executor itself: only the text of it is told. */
    static String ofExecutor(@Nullable KillOrder kill, @Nullable TaskExit exit) {
        var text = exit == null ? "Ended before it was started" : text(exit);
        return kill == null ? text : text + " after it was told to end";
    }

    /** Of what it took too much; null for any other end. */
    private static @Nullable StatusReason limitation(KillOrder.Cause cause) {
        return switch (cause) {
            case OVER_MEMORY -> StatusReason.REASON_CONTAINER_LIMITATION_MEMORY;
            case OVER_DISK -> StatusReason.REASON_CONTAINER_LIMITATION_DISK;
            case ASKED, SHUTDOWN, TIME_OVER, UNHEALTHY, DRAINED, GROUP, NOT_REGISTERED, NOT_REREGISTERED -> null;
        };
    }

    private static RunRecord.Update agent(TaskState state, StatusReason reason, String text, Instant at) {
        return update(state, reason, StatusSource.SOURCE_AGENT, text, at);
    }

    private static StatusSource executor(@Nullable TaskExit exit) {
        return neverRan(exit) ? StatusSource.SOURCE_AGENT : StatusSource.SOURCE_EXECUTOR;
    }

    private static boolean neverRan(@Nullable TaskExit exit) {
        return exit == null || exit instanceof TaskExit.NotStarted;
    }

    private static String text(TaskExit exit) {
        return switch (exit) {
            case TaskExit.Status(int code) -> "Command exited with status " + code;
            case TaskExit.Signal(int number) -> "Command terminated with signal " + SignalNames.of(number);
            case TaskExit.Unknown(var why) -> why;
            case TaskExit.Rebooted _ -> "The machine was started again while the task ran";
            case TaskExit.NotStarted(var why) -> why;
        };
    }

    private static RunRecord.Update update(
            TaskState state, @Nullable StatusReason reason, StatusSource source, String text, Instant at) {
        return new RunRecord.Update(state, source, reason, text, at);
    }
}
