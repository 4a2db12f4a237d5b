package org.mesolith.agent.core;

import java.time.Duration;
import java.util.List;
import org.mesolith.agent.core.TaskLifecycle.Input;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;

/** Every run of this agent: what masters order and what becomes of it. */
final class Tasks {
    private final AgentSettings settings;
    private final Executors executors;
    private final ExecutorCalls calls;
    private final TaskReader reader;
    private final Counters counters;
    private final Reports reports;
    private final RunSteps steps;
    private final RunBook book;
    private final Kills kills;
    private final GroupLaunches groups;
    private final Memory memory;
    private final Disks disks;

    Tasks(TaskReader reader, Counters counters, AgentSettings settings) {
        this.settings = settings;
        this.reader = reader;
        this.counters = counters;
        this.reports = new Reports(reader, counters);
        this.steps = new RunSteps(counters);
        this.book = new RunBook(reports);
        this.executors = new Executors(book, reader, steps, reports, counters, settings);
        this.calls = new ExecutorCalls(executors, reader, steps, reports, counters, settings);
        this.kills = new Kills(book, executors, steps, reports, settings);
        this.groups = new GroupLaunches(book, executors, kills, reader, steps, counters);
        this.memory = new Memory(book, kills, reader, settings);
        this.disks = new Disks(book, kills, reader, settings);
    }

    /** Takes up a run of an earlier process. */
    void recover(Turn turn, RunRecord record) {
        var run = TaskRun.of(record);
        book.add(run);
        new Recovery(reader, steps, settings.shutdownGrace()).resume(turn, run);
        if (!run.isShared()) {
            book.forgetIfDone(turn, run);
        }
    }

    /** All runs of an earlier process were taken up. */
    void recovered(Turn turn) {
        executors.settle(turn);
        kills.recovered(turn);
        memory.begin(turn);
        disks.begin(turn);
    }

    /** How much memory they use. */
    Memory memory() {
        return memory;
    }

    /** What they keep on disk. */
    Disks disks() {
        return disks;
    }

    /** What executors say, and what is said to them. */
    ExecutorCalls calls() {
        return calls;
    }

    /** Who is to end. */
    Kills kills() {
        return kills;
    }

    /** Which runs there are. */
    RunBook book() {
        return book;
    }

    /** A master listens now, which knows this level of the link: it gets every update that waits. */
    void listen(Turn turn, int level) {
        reports.setOpen(true, level);
        if (reports.knowsExecutors()) {
            turn.tell(new LinkMessage.Executors(executors.list()));
        }
        book.all().forEach(run -> reports.sendAgain(turn, run));
    }

    /** No master listens. */
    void pause() {
        reports.setOpen(false, 0);
    }

    void launch(Turn turn, AgentId agent, LinkMessage.Launch order) {
        var id = new RunId(order.key(), order.launchedAt());
        if (book.runs.containsKey(id) || book.findCompleted(id) != null) {
            counters.count(Counters.LAUNCHES_REPEATED);
            return;
        }
        counters.count(Counters.LAUNCHES);
        if (order.under() != null) {
            launchUnder(turn, agent, order, order.under());
            return;
        }
        var run = book.create(
                id,
                order.fence().epochId(),
                new RunRecord.Order(agent, order.user(), order.framework(), order.taskInfo(), turn.now()),
                Phase.RECORDING);
        if (book.runs.size() > AgentSettings.RUNS_MAX) {
            refuse(turn, run, "The agent already has " + AgentSettings.RUNS_MAX + " tasks, its limit");
            return;
        }
        switch (reader.read(order.framework(), order.taskInfo(), order.user())) {
            case TaskReader.Reading.Refused(var why) -> refuse(turn, run, why);
            case TaskReader.Reading.BuiltIn _ -> refuse(turn, run, "it is an executor");
            case TaskReader.Reading.Runs(var spec) -> {
                run.spec = spec;
                run.add(new RunRecord.Update(
                        TaskState.TASK_STARTING, StatusSource.SOURCE_EXECUTOR, null, "", turn.now()));
                run.write(turn);
            }
        }
    }

    /** All tasks of a group, or none. */
    void launch(Turn turn, AgentId agent, LinkMessage.LaunchGroup order) {
        groups.launch(turn, agent, order);
    }

    private void launchUnder(Turn turn, AgentId agent, LinkMessage.Launch order, LinkMessage.Launch.Under under) {
        var id = new RunId(order.key(), order.launchedAt());
        boolean full = book.runs.size() + 1 >= AgentSettings.RUNS_MAX;
        var refused = full
                ? "The agent already has " + AgentSettings.RUNS_MAX + " tasks, its limit"
                : reader.refusedUnderExecutor(order.taskInfo());
        var host = executors.host(turn, agent, executors.wanted(order, under));
        var run = book.create(
                id,
                order.fence().epochId(),
                new RunRecord.Order(
                        agent,
                        order.user(),
                        order.framework(),
                        order.taskInfo(),
                        turn.now(),
                        new RunRecord.Under(
                                host == null ? executors.name(order.key().framework(), under) : host.id,
                                host == null
                                        ? Names.container(
                                                agent, id, order.fence().epochId())
                                        : host.container)),
                Phase.RECORDING);
        if (host == null) {
            steps.end(turn, run, Executors.over(turn, under));
        } else if (refused != null) {
            groups.refuse(turn, host, List.of(run), refused);
        } else {
            if (!host.writes.isBegun()) {
                host.write(turn);
            }
            run.write(turn);
        }
    }

    /** The stream of an executor is open. */
    void subscribed(Turn turn, AgentEvent.ExecutorUp up, AgentId agent) {
        var unwanted = calls.subscribed(turn, up.stream(), up.call(), agent);
        if (unwanted != null) {
            kills.shutdown(turn, unwanted);
        }
        book.runs.values().stream().filter(TaskRun::isHosted).toList().forEach(run -> {
            calls.confirm(turn, run);
            reports.sendNew(turn, run);
            book.forgetIfDone(turn, run);
        });
    }

    /** The end of an executor is known to the cluster. */
    void acknowledge(Turn turn, LinkMessage.AcknowledgeExecutor order) {
        var host = executors.acknowledged(order.run());
        if (host != null) {
            host.writeAcknowledgement(turn);
            book.forgetIfDone(turn, host);
        }
    }

    void acknowledge(Turn turn, LinkMessage.AcknowledgeStatus order) {
        for (var run : book.runsOf(order.key())) {
            if (run.stream.acknowledge(run.container, order.uuid())) {
                counters.count(Counters.UPDATES_ACKNOWLEDGED);
                run.writeAcknowledgement(turn);
                kills.acknowledged(turn, run);
                return;
            }
        }
        // Late answers to an update that was sent twice: normal.
        counters.count(Counters.ACKNOWLEDGEMENTS_IGNORED);
    }

    /** Reports each of these runs that is not known as lost: its order never came, or its record is gone. */
    void check(Turn turn, AgentId agent, LinkMessage.CheckTasks order) {
        for (var asked : order.runs()) {
            var id = new RunId(new TaskKey(asked.framework(), asked.task()), asked.launchedAt());
            var known = book.findCompleted(id);
            if (book.runs.containsKey(id)) {
                continue;
            }
            if (known != null) {
                book.revive(turn, known);
                continue;
            }
            var empty = Opaque.empty("");
            var run = book.create(
                    id,
                    order.fence().epochId(),
                    new RunRecord.Order(agent, "", empty, empty, turn.now()),
                    Phase.RECORDING);
            steps.end(
                    turn,
                    run,
                    RunSteps.agent(
                            turn,
                            TaskState.TASK_DROPPED,
                            StatusReason.REASON_RECONCILIATION,
                            "The task is unknown to the agent"));
        }
    }

    void written(Turn turn, RunId id, long version) {
        var run = book.runs.get(id);
        if (run == null) {
            return;
        }
        run.writes.wrote(version);
        run.stream.settle(run.writes.settle(turn, version));
        if (run.phase == Phase.RECORDING) {
            if (run.isBuiltIn()) {
                run.phase = Phase.RUNNING;
            } else if (!run.isHosted()) {
                steps.recorded(turn, run);
            } else {
                executors.recorded(turn, run);
            }
        }
        calls.confirm(turn, run);
        reports.sendNew(turn, run);
    }

    /**
     * The disk is full or broken: no new task is started; those that run go on, and their next update is reported all
     * the same. The one after that waits until it is on disk what was acknowledged.
     */
    void refused(Turn turn, RunId id, long version, String why) {
        counters.count(Counters.CHECKPOINTS_REFUSED);
        var run = book.runs.get(id);
        if (run == null) {
            return;
        }
        run.writes.refuse(version);
        if (run.phase == Phase.RECORDING) {
            run.stream.clear();
            run.exit = new TaskExit.NotStarted("The agent could not write the task down before starting it: " + why
                    + "; make room in its work directory");
            kills.step(turn, run, Input.NOT_RECORDED);
        }
        run.stream.settle(run.writes.settle(turn, version));
        reports.sendNew(turn, run);
        turn.wakeAfter(AgentSettings.REWRITE_AFTER, new Wake.Rewrite(id));
    }

    void fetched(Turn turn, RunId id) {
        var run = book.runs.get(id);
        if (run != null) {
            kills.step(turn, run, Input.FETCHED);
        }
    }

    void spawned(Turn turn, RunId id, ProcessMark process) {
        var run = book.runs.get(id);
        if (run != null) {
            run.process = process;
            kills.step(turn, run, Input.SPAWNED);
            if (run.id.executor()) {
                executors.spawned(turn, run);
                return;
            }
            Probing.begin(turn, run);
            reports.sendNew(turn, run);
        }
    }

    void probe(Turn turn, Wake.Probe wake) {
        var run = book.runs.get(wake.run());
        if (run != null) {
            Probing.look(turn, run, wake);
        }
    }

    void probed(Turn turn, AgentEvent.Probed probed) {
        var run = book.runs.get(probed.run());
        if (run != null && Probing.isExpected(run, probed)) {
            boolean unhealthy = Probing.seen(turn, run, probed);
            reports.sendNew(turn, run);
            if (unhealthy && run.spec != null) {
                kills.kill(turn, run, new KillOrder(turn.now(), run.spec.killGrace(), KillOrder.Cause.UNHEALTHY));
            }
        }
    }

    void exited(Turn turn, RunId id, TaskExit exit) {
        var run = book.runs.get(id);
        if (run == null || run.exit != null) {
            return; // seen before
        }
        run.exit = exit;
        if (exit instanceof TaskExit.NotStarted && run.kill == null) {
            counters.count(Counters.LAUNCH_ERRORS);
        }
        kills.step(turn, run, Input.EXITED);
    }

    /** A task under an executor has its volumes, or cannot have them. */
    void volumesShown(Turn turn, AgentEvent.VolumesShown shown) {
        var idle = executors.volumesShown(turn, shown);
        if (idle != null) {
            kills.shutdown(turn, idle);
        }
    }

    void cleanedUp(Turn turn, RunId id) {
        var run = book.runs.get(id);
        if (run != null) {
            kills.step(turn, run, Input.CLEANED_UP);
            if (run.id.executor()) {
                executors.tasks(run).forEach(task -> book.forgetIfDone(turn, task));
            }
            book.forgetIfDone(turn, run);
        }
    }

    void graceOver(Turn turn, RunId id) {
        var run = book.runs.get(id);
        if (run != null && run.kill != null && !turn.now().isBefore(run.kill.deadline())) {
            if (run.phase == Phase.KILLING) {
                kills.step(turn, run, Input.GRACE_OVER);
            }
        }
    }

    void timeOver(Turn turn, RunId id) {
        var run = book.runs.get(id);
        var left = run == null ? null : RunSteps.timeLeft(turn, run);
        if (run != null && left != null && !left.isPositive()) {
            kills.kill(turn, run, new KillOrder(turn.now(), Duration.ZERO, KillOrder.Cause.TIME_OVER));
        }
    }

    void retry(Turn turn, Wake.Retry wake) {
        var run = book.runs.get(wake.run());
        if (run != null) {
            reports.retry(turn, run, wake);
        }
    }

    void rewrite(Turn turn, RunId id) {
        var run = book.runs.get(id);
        if (run != null && run.writes.isStale()) {
            run.write(turn);
        }
    }

    /** A call of an executor. */
    void asked(Turn turn, AgentEvent.ExecutorAsked asked) {
        calls.asked(turn, asked);
        var call = asked.call();
        var host = executors.live(call.framework(), call.executor());
        if (host != null && call.call() instanceof ExecutorCall.Update) {
            executors.tasks(host).forEach(task -> {
                reports.sendNew(turn, task);
                book.forgetIfDone(turn, task);
            });
        }
    }

    private void refuse(Turn turn, TaskRun run, String why) {
        steps.end(
                turn,
                run,
                RunSteps.agent(turn, TaskState.TASK_FAILED, StatusReason.REASON_CONTAINER_LAUNCH_FAILED, why));
    }
}
