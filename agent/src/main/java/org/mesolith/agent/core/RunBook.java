package org.mesolith.agent.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.AgentTask;
import org.mesolith.model.TaskKey;

/** The runs of this agent: those that it deals with, and those that ended lately. */
final class RunBook {
    final TreeMap<RunId, TaskRun> runs = new TreeMap<>();
    private final TreeMap<RunId, TreeMap<RunId, TaskRun>> byExecutor = new TreeMap<>();
    private final Deque<AgentSnapshot.Run> completed = new ArrayDeque<>();
    private final Reports reports;

    RunBook(Reports reports) {
        this.reports = reports;
    }

    @Nullable
    TaskRun get(RunId id) {
        return runs.get(id);
    }

    List<TaskRun> all() {
        return List.copyOf(runs.values());
    }

    void add(TaskRun run) {
        runs.put(run.id, run);
        var under = run.order.under();
        if (under != null) {
            byExecutor.computeIfAbsent(under.executor(), _ -> new TreeMap<>()).put(run.id, run);
        }
    }

    private void remove(TaskRun run) {
        runs.remove(run.id);
        var under = run.order.under();
        var tasks = under == null ? null : byExecutor.get(under.executor());
        if (under != null && tasks != null) {
            tasks.remove(run.id);
            if (tasks.isEmpty()) {
                byExecutor.remove(under.executor());
            }
        }
    }

    /** Tasks under this executor, those that have ended and wait for acknowledgements too. */
    List<TaskRun> under(RunId executor) {
        var tasks = byExecutor.get(executor);
        return tasks == null ? List.of() : List.copyOf(tasks.values());
    }

    /** The tasks that were launched in one group with this one, itself included; itself alone when it has no group. */
    List<TaskRun> groupOf(TaskRun run) {
        var under = run.order.under();
        if (under == null || under.group() == null) {
            return List.of(run);
        }
        return under(under.executor()).stream()
                .filter(other -> other.id.launchedAt().equals(run.id.launchedAt())
                        && under.group().equals(other.group()))
                .toList();
    }

    /** The master asks for a run whose end it had acknowledged: it gets that end once more. */
    void revive(Turn turn, AgentSnapshot.Run known) {
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
        add(run);
        run.write(turn);
    }

    List<AgentTask> summaries() {
        return runs.values().stream()
                .filter(run -> run.stream.isWanted() && !run.stream.isDone() && !run.id.executor())
                .map(TaskRun::summary)
                .toList();
    }

    /** True when no run has a process any more. */
    boolean isIdle() {
        return runs.values().stream().allMatch(run -> run.isEnded() || run.isHosted());
    }

    /** Drops every run: the agent has left the cluster. */
    void forgetAll(Turn turn) {
        runs.values().forEach(run -> turn.add(forgetting(run)));
        runs.clear();
        byExecutor.clear();
    }

    List<AgentSnapshot.Run> live() {
        return runs.values().stream()
                .filter(run -> !run.id.executor())
                .map(this::show)
                .toList();
    }

    List<AgentSnapshot.Run> completed() {
        return completed.stream().filter(run -> !run.record().id().executor()).toList();
    }

    List<AgentSnapshot.Run> liveExecutors() {
        return runs.values().stream()
                .filter(run -> run.id.executor())
                .map(this::show)
                .toList();
    }

    List<AgentSnapshot.Run> completedExecutors() {
        return completed.stream().filter(run -> run.record().id().executor()).toList();
    }

    TaskRun create(RunId id, long epochId, RunRecord.Order order, Phase phase) {
        var progress = new RunRecord.Progress(phase, null, null, true, List.of(), 0);
        var run = TaskRun.of(new RunRecord(id, Names.container(order.agent(), id, epochId), order, progress));
        add(run);
        return run;
    }

    /**
     * Forgets a run that is over and acknowledged. One that takes its group with it stays until that has ended: a new
     * agent process must see why.
     */
    void forgetIfDone(Turn turn, TaskRun run) {
        if (!run.isEnded() || !run.stream.isDone() || runs.get(run.id) != run) {
            return;
        }
        if (!run.isShared()) {
            forget(turn, run);
            return;
        }
        var group = groupOf(run);
        if (group.stream().allMatch(TaskRun::isEnded)) {
            group.stream().filter(other -> other.stream.isDone()).forEach(other -> forget(turn, other));
        } else if (!run.takesItsGroup()) {
            forget(turn, run);
        }
    }

    private static AgentEffect forgetting(TaskRun run) {
        return new AgentEffect.Forget(run.id, run.container, run.hasOwnSandbox() ? run.order.agent() : null);
    }

    private void forget(Turn turn, TaskRun run) {
        remove(run);
        turn.add(forgetting(run));
        completed.addLast(show(run));
        if (completed.size() > AgentSettings.COMPLETED_MAX) {
            completed.removeFirst();
        }
    }

    AgentSnapshot.@Nullable Run findCompleted(RunId id) {
        for (var run : completed) {
            if (run.record().id().equals(id)) {
                return run;
            }
        }
        return null;
    }

    List<TaskRun> runsOf(TaskKey key) {
        return new ArrayList<>(runs.subMap(RunId.first(key), RunId.last(key)).values());
    }

    private AgentSnapshot.Run show(TaskRun run) {
        return new AgentSnapshot.Run(
                run.record(),
                run.latest(),
                run.spec,
                run.id.executor() ? List.of() : reports.all(run),
                run.isBuiltIn() || run.listener != 0);
    }
}
