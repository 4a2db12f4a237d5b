package org.mesolith.agent.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.TaskProbe;
import org.mesolith.base.Check;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;

/**
 * Decides when a running task is looked at, and what that means (Mesos: checks and health checks of built-in
 * executors).
 *
 * <p>Rounds are numbered, one at a time for each kind; a timer or an answer of another round finds nothing to do. A new
 * agent process begins with the next round, and knows from the record what was seen before.
 */
final class Probing {
    private static final int MESSAGE_CHARS_MAX = 200;
    private static final int OK_FIRST = 200;
    private static final int OK_END = 400;

    private Probing() {}

    /** The task's process runs: plans the first looks. */
    static void begin(Turn turn, TaskRun run) {
        var started = run.startedAt();
        if (run.phase != TaskLifecycle.Phase.RUNNING || started == null || !run.rounds.isEmpty()) {
            return;
        }
        for (var kind : ProbeKind.values()) {
            var probe = probe(run, kind);
            if (probe != null) {
                plan(turn, run, kind, 1, Duration.between(turn.now(), started.plus(probe.delay())));
            }
        }
    }

    /** A timer: looks, if the task still runs. */
    static void look(Turn turn, TaskRun run, Wake.Probe wake) {
        var probe = probe(run, wake.kind());
        if (probe != null && isNow(run, wake.kind(), wake.round())) {
            var spec = Check.present(run.spec, "the task that is looked at");
            turn.add(new AgentEffect.Probe(
                    run.id, run.container, run.order.agent(), run.within(), spec, wake.kind(), wake.round(), probe));
        }
    }

    /** True for the answer to the look that is under way, of a task that still runs. */
    static boolean isExpected(TaskRun run, AgentEvent.Probed probed) {
        return isNow(run, probed.kind(), probed.round());
    }

    /** Takes an expected answer, tells what is new, and plans the next look; true when the task has to end. */
    static boolean seen(Turn turn, TaskRun run, AgentEvent.Probed probed) {
        var probe = Check.present(probe(run, probed.kind()), "what was looked at");
        boolean end = switch (probed.kind()) {
            case CHECK -> {
                checked(turn, run, probe, probed.result());
                yield false;
            }
            case HEALTH -> healthChecked(turn, run, probed.result());
        };
        if (!end) {
            boolean tooShort = probe.interval().compareTo(AgentSettings.PROBE_INTERVAL_MIN) < 0;
            plan(
                    turn,
                    run,
                    probed.kind(),
                    probed.round() + 1,
                    tooShort ? AgentSettings.PROBE_INTERVAL_MIN : probe.interval());
        }
        return end;
    }

    private static void plan(Turn turn, TaskRun run, ProbeKind kind, long round, Duration after) {
        run.rounds.put(kind, round);
        turn.wakeAfter(after, new Wake.Probe(run.id, kind, round));
    }

    private static boolean isNow(TaskRun run, ProbeKind kind, long round) {
        return run.phase == TaskLifecycle.Phase.RUNNING && run.rounds.getOrDefault(kind, 0L) == round;
    }

    private static @Nullable TaskProbe probe(TaskRun run, ProbeKind kind) {
        if (run.spec == null) {
            return null;
        }
        var health = run.spec.health();
        return switch (kind) {
            case CHECK -> run.spec.check();
            case HEALTH -> health == null ? null : health.probe();
        };
    }

    private static void checked(Turn turn, TaskRun run, TaskProbe probe, ProbeResult result) {
        var status = switch (result) {
            case ProbeResult.Seen(var seen) -> seen;
            case ProbeResult.Nothing _ -> CheckStatus.empty(probe.target());
        };
        if (!status.equals(run.watched.check())) {
            run.watched = run.watched.withCheck(status);
            tell(turn, run, StatusReason.REASON_TASK_CHECK_STATUS_UPDATED, "");
        }
    }

    private static boolean healthChecked(Turn turn, TaskRun run, ProbeResult result) {
        var before = run.watched;
        var trouble = trouble(result);
        if (trouble == null) {
            run.watched = new RunRecord.Watched(true, 0, true, before.check());
            if (!before.succeeded() || before.failures() > 0) {
                tell(turn, run, StatusReason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED, "");
            }
            return false;
        }
        var health = Check.present(Check.present(run.spec, "the task").health(), "its health check");
        var started = Check.present(run.startedAt(), "when it began to run");
        if (!before.succeeded() && !turn.now().isAfter(started.plus(health.grace()))) {
            return false;
        }
        run.watched = new RunRecord.Watched(before.succeeded(), before.failures() + 1, false, before.check());
        tell(turn, run, StatusReason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED, "Health check failed: " + trouble);
        return run.watched.failures() >= health.failuresMax();
    }

    /** What is wrong with the task, null when it is healthy. */
    private static @Nullable String trouble(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Nothing(var why) -> why;
            case ProbeResult.Seen(CheckStatus.Command(var code)) ->
                code != null && code == 0 ? null : "the command ended with status " + code;
            case ProbeResult.Seen(CheckStatus.Http(var code)) ->
                code != null && code >= OK_FIRST && code < OK_END ? null : "HTTP status " + code;
            case ProbeResult.Seen(CheckStatus.Tcp(var succeeded)) ->
                Boolean.TRUE.equals(succeeded) ? null : "no connection";
        };
    }

    private static void tell(Turn turn, TaskRun run, StatusReason reason, String message) {
        var text = message.length() <= MESSAGE_CHARS_MAX ? message : message.substring(0, MESSAGE_CHARS_MAX);
        run.add(new RunRecord.Update(TaskState.TASK_RUNNING, StatusSource.SOURCE_EXECUTOR, reason, text, turn.now()));
        run.write(turn);
    }
}
