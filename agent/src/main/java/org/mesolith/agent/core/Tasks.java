package org.mesolith.agent.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Input;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;

/** Every run of this agent: what masters order and what becomes of it. */
final class Tasks {
    private final TaskReader reader;
    private final Counters counters;
    private final Reports reports;
    private final RunSteps steps;
    private final TreeMap<RunId, TaskRun> runs = new TreeMap<>();
    private final Deque<AgentSnapshot.Run> completed = new ArrayDeque<>();

    Tasks(TaskReader reader, Counters counters) {
        this.reader = reader;
        this.counters = counters;
        this.reports = new Reports(reader, counters);
        this.steps = new RunSteps(counters);
    }

    /** Takes up a run of an earlier process. */
    void recover(Turn turn, RunRecord record) {
        var run = TaskRun.of(record);
        runs.put(run.id, run);
        new Recovery(reader, steps).resume(turn, run);
        forgetIfDone(turn, run);
    }

    /** A master listens now: it gets every update that waits. */
    void listen(Turn turn) {
        reports.setOpen(true);
        runs.values().forEach(run -> reports.sendAgain(turn, run));
    }

    /** No master listens. */
    void pause() {
        reports.setOpen(false);
    }

    void launch(Turn turn, AgentId agent, LinkMessage.Launch order) {
        var id = new RunId(order.key(), order.launchedAt());
        if (runs.containsKey(id) || findCompleted(id) != null) {
            counters.count(Counters.LAUNCHES_REPEATED);
            return;
        }
        counters.count(Counters.LAUNCHES);
        var run = create(
                id,
                order.fence().epochId(),
                new RunRecord.Order(agent, order.user(), order.framework(), order.taskInfo(), turn.now()),
                Phase.RECORDING);
        if (runs.size() > AgentSettings.RUNS_MAX) {
            refuse(turn, run, "The agent already has " + AgentSettings.RUNS_MAX + " tasks, its limit");
            return;
        }
        switch (reader.read(order.framework(), order.taskInfo(), order.user())) {
            case TaskReader.Reading.Refused(var why) -> refuse(turn, run, why);
            case TaskReader.Reading.Runs(var spec) -> {
                run.spec = spec;
                run.add(new RunRecord.Update(
                        TaskState.TASK_STARTING, StatusSource.SOURCE_EXECUTOR, null, "", turn.now()));
                run.write(turn);
            }
        }
    }

    /** Ends the newest run of a task. */
    void kill(Turn turn, TaskKey key, @Nullable Duration grace) {
        var newest = runs.floorEntry(RunId.last(key));
        if (newest == null || !newest.getKey().key().equals(key)) {
            turn.warn("a kill for task " + key + " that this agent does not have");
            return;
        }
        var run = newest.getValue();
        var own = run.spec == null ? TaskSpec.DEFAULT_KILL_GRACE : run.spec.killGrace();
        kill(turn, run, new KillOrder(turn.now(), grace == null ? own : grace, KillOrder.Cause.ASKED));
    }

    void acknowledge(Turn turn, LinkMessage.AcknowledgeStatus order) {
        for (var run : runsOf(order.key())) {
            if (run.stream.acknowledge(run.container, order.uuid())) {
                counters.count(Counters.UPDATES_ACKNOWLEDGED);
                run.writeAcknowledgement(turn);
                forgetIfDone(turn, run);
                return;
            }
        }
        // Late answers to an update that was sent twice: normal.
        counters.count(Counters.ACKNOWLEDGEMENTS_IGNORED);
    }

    /** Ends all runs of a framework; nobody wants their updates. */
    void shutdown(Turn turn, FrameworkId framework, Duration grace) {
        for (var run : List.copyOf(runs.values())) {
            if (run.id.key().framework().equals(framework)) {
                end(turn, run, grace);
            }
        }
    }

    /** Ends everything, and nobody hears of it: these are the runs of an agent that is no more. */
    void disown(Turn turn, Duration grace) {
        List.copyOf(runs.values()).forEach(run -> end(turn, run, grace));
    }

    private void end(Turn turn, TaskRun run, Duration grace) {
        run.stream.silence();
        run.write(turn);
        kill(turn, run, new KillOrder(turn.now(), grace, KillOrder.Cause.SHUTDOWN));
        forgetIfDone(turn, run);
    }

    /** Ends everything: an operator wants the agent empty. {@code maxGrace} caps each task's own grace. */
    void drain(Turn turn, @Nullable Duration maxGrace) {
        for (var run : List.copyOf(runs.values())) {
            var own = run.spec == null ? TaskSpec.DEFAULT_KILL_GRACE : run.spec.killGrace();
            var grace = maxGrace != null && maxGrace.compareTo(own) < 0 ? maxGrace : own;
            kill(turn, run, new KillOrder(turn.now(), grace, KillOrder.Cause.DRAINED));
        }
    }

    /** Ends everything: the agent leaves. */
    void killAll(Turn turn, Duration grace) {
        for (var run : List.copyOf(runs.values())) {
            kill(turn, run, new KillOrder(turn.now(), grace, KillOrder.Cause.SHUTDOWN));
        }
    }

    /** Reports each of these runs that is not known as lost: its order never came, or its record is gone. */
    void check(Turn turn, AgentId agent, LinkMessage.CheckTasks order) {
        for (var asked : order.runs()) {
            var id = new RunId(new TaskKey(asked.framework(), asked.task()), asked.launchedAt());
            var known = findCompleted(id);
            if (runs.containsKey(id)) {
                continue;
            }
            if (known != null) {
                revive(turn, known);
                continue;
            }
            var empty = Opaque.empty("");
            var run = create(
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
        var run = runs.get(id);
        if (run == null) {
            return;
        }
        run.writes.wrote(version);
        run.stream.settle(run.writes.settle(turn, version));
        if (run.phase == Phase.RECORDING) {
            steps.recorded(turn, run);
        }
        reports.sendNew(turn, run);
    }

    /**
     * The disk is full or broken: no new task is started; those that run go on, and their next update is reported all
     * the same. The one after that waits until it is on disk what was acknowledged.
     */
    void refused(Turn turn, RunId id, long version, String why) {
        counters.count(Counters.CHECKPOINTS_REFUSED);
        var run = runs.get(id);
        if (run == null) {
            return;
        }
        run.writes.refuse(version);
        if (run.phase == Phase.RECORDING) {
            run.stream.clear();
            run.exit = new TaskExit.NotStarted("The agent could not write the task down before starting it: " + why
                    + "; make room in its work directory");
            steps.step(turn, run, Input.NOT_RECORDED);
        }
        run.stream.settle(run.writes.settle(turn, version));
        reports.sendNew(turn, run);
        turn.wakeAfter(AgentSettings.REWRITE_AFTER, new Wake.Rewrite(id));
    }

    void fetched(Turn turn, RunId id) {
        var run = runs.get(id);
        if (run != null) {
            steps.step(turn, run, Input.FETCHED);
        }
    }

    void spawned(Turn turn, RunId id, ProcessMark process) {
        var run = runs.get(id);
        if (run != null) {
            run.process = process;
            steps.step(turn, run, Input.SPAWNED);
            Probing.begin(turn, run);
            reports.sendNew(turn, run);
        }
    }

    void probe(Turn turn, Wake.Probe wake) {
        var run = runs.get(wake.run());
        if (run != null) {
            Probing.look(turn, run, wake);
        }
    }

    void probed(Turn turn, AgentEvent.Probed probed) {
        var run = runs.get(probed.run());
        if (run != null && Probing.isExpected(run, probed)) {
            boolean unhealthy = Probing.seen(turn, run, probed);
            reports.sendNew(turn, run);
            if (unhealthy && run.spec != null) {
                kill(turn, run, new KillOrder(turn.now(), run.spec.killGrace(), KillOrder.Cause.UNHEALTHY));
            }
        }
    }

    void exited(Turn turn, RunId id, TaskExit exit) {
        var run = runs.get(id);
        if (run == null || run.exit != null) {
            return; // seen before
        }
        run.exit = exit;
        steps.step(turn, run, Input.EXITED);
    }

    void cleanedUp(Turn turn, RunId id) {
        var run = runs.get(id);
        if (run != null) {
            steps.step(turn, run, Input.CLEANED_UP);
            forgetIfDone(turn, run);
        }
    }

    void graceOver(Turn turn, RunId id) {
        var run = runs.get(id);
        if (run != null && run.kill != null && !turn.now().isBefore(run.kill.deadline())) {
            if (run.phase == Phase.KILLING) {
                steps.step(turn, run, Input.GRACE_OVER);
            }
        }
    }

    void timeOver(Turn turn, RunId id) {
        var run = runs.get(id);
        var left = run == null ? null : RunSteps.timeLeft(turn, run);
        if (run != null && left != null && !left.isPositive()) {
            kill(turn, run, new KillOrder(turn.now(), Duration.ZERO, KillOrder.Cause.TIME_OVER));
        }
    }

    void retry(Turn turn, Wake.Retry wake) {
        var run = runs.get(wake.run());
        if (run != null) {
            reports.retry(turn, run, wake);
        }
    }

    void rewrite(Turn turn, RunId id) {
        var run = runs.get(id);
        if (run != null && run.writes.isStale()) {
            run.write(turn);
        }
    }

    List<AgentTask> summaries() {
        return runs.values().stream()
                .filter(run -> run.stream.isWanted())
                .map(TaskRun::summary)
                .toList();
    }

    /** True when no run has a process any more. */
    boolean isIdle() {
        return runs.values().stream().allMatch(TaskRun::isEnded);
    }

    /** Drops every run: the agent has left the cluster. */
    void forgetAll(Turn turn) {
        runs.values().forEach(run -> turn.add(new AgentEffect.Forget(run.id, run.container)));
        runs.clear();
    }

    List<AgentSnapshot.Run> live() {
        return runs.values().stream().map(this::show).toList();
    }

    List<AgentSnapshot.Run> completed() {
        return List.copyOf(completed);
    }

    private TaskRun create(RunId id, long epochId, RunRecord.Order order, Phase phase) {
        var progress = new RunRecord.Progress(phase, null, null, true, List.of(), 0);
        var run = TaskRun.of(new RunRecord(id, Names.container(order.agent(), id, epochId), order, progress));
        runs.put(id, run);
        return run;
    }

    private void refuse(Turn turn, TaskRun run, String why) {
        steps.end(
                turn,
                run,
                RunSteps.agent(turn, TaskState.TASK_FAILED, StatusReason.REASON_CONTAINER_LAUNCH_FAILED, why));
    }

    private void kill(Turn turn, TaskRun run, KillOrder order) {
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
        steps.step(turn, run, Input.KILL);
        if (before != null || run.phase == Phase.ABORTING) {
            run.write(turn);
            steps.watchGrace(turn, run);
        }
        reports.sendNew(turn, run);
    }

    /** The master asks for a run whose end it had acknowledged: it gets that end once more. */
    private void revive(Turn turn, AgentSnapshot.Run known) {
        completed.remove(known);
        var record = known.record();
        var progress = record.progress();
        var again = new RunRecord.Progress(
                Phase.ENDED,
                progress.process(),
                progress.kill(),
                true,
                progress.updates(),
                progress.updates().size() + progress.dropped() - 1,
                progress.dropped(),
                progress.watched());
        var run = TaskRun.of(new RunRecord(record.id(), record.container(), record.order(), again));
        run.spec = known.spec();
        runs.put(run.id, run);
        run.write(turn);
    }

    private void forgetIfDone(Turn turn, TaskRun run) {
        if (!run.isEnded() || !run.stream.isDone()) {
            return;
        }
        runs.remove(run.id);
        turn.add(new AgentEffect.Forget(run.id, run.container));
        completed.addLast(show(run));
        if (completed.size() > AgentSettings.COMPLETED_MAX) {
            completed.removeFirst();
        }
    }

    private AgentSnapshot.@Nullable Run findCompleted(RunId id) {
        for (var run : completed) {
            if (run.record().id().equals(id)) {
                return run;
            }
        }
        return null;
    }

    private List<TaskRun> runsOf(TaskKey key) {
        return new ArrayList<>(runs.subMap(RunId.first(key), RunId.last(key)).values());
    }

    private AgentSnapshot.Run show(TaskRun run) {
        return new AgentSnapshot.Run(run.record(), run.latest(), run.spec, reports.all(run));
    }
}
