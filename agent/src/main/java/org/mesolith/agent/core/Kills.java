package org.mesolith.agent.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Input;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskKey;

/** Ends of runs that somebody wants: of a task, of an executor, of all of a framework, of everything. */
final class Kills {
    private final RunBook book;
    private final Executors executors;
    private final RunSteps steps;
    private final Reports reports;
    private final AgentSettings settings;
    private final Fates fates;

    Kills(RunBook book, Executors executors, RunSteps steps, Reports reports, AgentSettings settings) {
        this.book = book;
        this.executors = executors;
        this.steps = steps;
        this.reports = reports;
        this.settings = settings;
        this.fates = new Fates(book, executors, steps);
    }

    /** Ends the newest run of a task. */
    void kill(Turn turn, TaskKey key, @Nullable Duration grace) {
        var newest = book.runs.floorEntry(RunId.last(key));
        if (newest == null || !newest.getKey().key().equals(key)) {
            turn.warn("a kill for task " + key + " that this agent does not have");
            return;
        }
        var run = newest.getValue();
        if (run.isHosted()) {
            killUnder(turn, run, grace, KillOrder.Cause.ASKED);
            return;
        }
        kill(turn, run, new KillOrder(turn.now(), grace == null ? run.killGrace() : grace, KillOrder.Cause.ASKED));
    }

    private void killUnder(Turn turn, TaskRun run, @Nullable Duration grace, KillOrder.Cause cause) {
        var idle = executors.kill(turn, run, grace, cause);
        if (idle != null) {
            shutdown(turn, idle);
        }
    }

    /** Tells an executor to end, and kills it after its grace. */
    void shutdown(Turn turn, TaskRun host) {
        if (host.isBuiltIn()) {
            fates.shutdown(turn, host, this);
            return;
        }
        var own = host.spec == null ? settings.shutdownGrace() : host.spec.killGrace();
        kill(turn, host, new KillOrder(turn.now(), own, KillOrder.Cause.SHUTDOWN));
        book.forgetIfDone(turn, host);
    }

    /** A master wants an executor to end. */
    void shutdown(Turn turn, LinkMessage.ShutdownExecutor order) {
        var host = executors.live(order.framework(), order.executor());
        if (host == null) {
            turn.warn("a shutdown for executor " + order.executor() + " that this agent does not have");
        } else {
            shutdown(turn, host);
        }
    }

    /** A timer: an executor that did not subscribe in time is killed. */
    void late(Turn turn, RunId id) {
        var cause = executors.late(id);
        var host = book.get(id);
        if (cause != null && host != null) {
            kill(turn, host, new KillOrder(turn.now(), Duration.ZERO, cause));
        }
    }

    /** Ends all runs of a framework; nobody wants their updates. */
    void shutdown(Turn turn, FrameworkId framework, Duration grace) {
        for (var run : book.all()) {
            if (run.id.key().framework().equals(framework)) {
                end(turn, run, grace);
            }
        }
    }

    /** Ends everything, and nobody hears of it: these are the runs of an agent that is no more. */
    void disown(Turn turn, Duration grace) {
        book.all().forEach(run -> end(turn, run, grace));
    }

    private void end(Turn turn, TaskRun run, Duration grace) {
        run.stream.silence();
        run.write(turn);
        if (run.id.executor()) {
            shutdown(turn, run);
        } else if (!run.isHosted()) {
            kill(turn, run, new KillOrder(turn.now(), grace, KillOrder.Cause.SHUTDOWN));
        } else if (run.phase != Phase.RUNNING) {
            killUnder(turn, run, null, KillOrder.Cause.SHUTDOWN);
        }
        book.forgetIfDone(turn, run);
    }

    /** Ends everything: an operator wants the agent empty. {@code maxGrace} caps each task's own grace. */
    void drain(Turn turn, @Nullable Duration maxGrace) {
        for (var run : book.all()) {
            if (run.id.executor()) {
                continue; // it ends by itself, or stays for nobody
            }
            if (run.isHosted()) {
                killUnder(turn, run, maxGrace, KillOrder.Cause.DRAINED);
                continue;
            }
            var own = run.killGrace();
            var grace = maxGrace != null && maxGrace.compareTo(own) < 0 ? maxGrace : own;
            kill(turn, run, new KillOrder(turn.now(), grace, KillOrder.Cause.DRAINED));
        }
    }

    /** Ends everything: the agent leaves. */
    void killAll(Turn turn, Duration grace) {
        for (var run : book.all()) {
            if (run.id.executor()) {
                shutdown(turn, run);
            } else if (!run.isHosted()) {
                kill(turn, run, new KillOrder(turn.now(), grace, KillOrder.Cause.SHUTDOWN));
            } else if (run.phase != Phase.RUNNING) {
                killUnder(turn, run, null, KillOrder.Cause.SHUTDOWN);
            }
        }
    }

    /** Ends a run, or the tasks of a built-in executor, at once: it took more than it may. */
    void over(Turn turn, TaskRun run, KillOrder.Cause cause, String why) {
        turn.warn(run.id + " " + why + ": it is ended");
        for (var ended : run.isBuiltIn() ? book.under(run.id) : List.of(run)) {
            if (ended.phase == Phase.RUNNING) {
                ended.over = why;
                kill(turn, ended, new KillOrder(turn.now(), Duration.ZERO, cause));
            }
        }
    }

    void kill(Turn turn, TaskRun run, KillOrder order) {
        if (run.isEnded() || run.phase == Phase.ENDING) {
            return;
        }
        var before = run.kill;
        if (before != null && !order.deadline().isBefore(before.deadline())) {
            return;
        }
        run.kill = before == null
                ? order
                : new KillOrder(before.at(), Duration.between(before.at(), order.deadline()), before.cause());
        step(turn, run, Input.KILL);
        if (before != null || run.phase == Phase.ABORTING) {
            run.write(turn);
            steps.watchGrace(turn, run);
        }
        reports.sendNew(turn, run);
    }

    /** One step of the table; with an executor end its tasks. */
    void step(Turn turn, TaskRun run, Input input) {
        boolean ended = run.isEnded();
        steps.step(turn, run, input);
        if (!run.isEnded() || ended) {
            return;
        }
        if (run.id.executor()) {
            executors.ended(turn, run);
        } else if (run.isShared()) {
            fates.ended(turn, run, this);
        }
    }

    /** An update of a task was acknowledged: when it was the last one, its built-in executor may be over. */
    void acknowledged(Turn turn, TaskRun run) {
        book.forgetIfDone(turn, run);
        if (run.isShared()) {
            fates.settle(turn, executors.host(run));
        }
    }

    /** All runs of an earlier process were taken up: groups and built-in executors go on where they were. */
    void recovered(Turn turn) {
        fates.recovered(turn, this);
    }

    /** A timer: a built-in executor has waited long enough. */
    void idle(Turn turn, RunId executor) {
        fates.idle(turn, book.get(executor));
    }
}
