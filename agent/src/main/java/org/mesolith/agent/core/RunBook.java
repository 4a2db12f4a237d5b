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

    /** One that ended lately is no longer among those. */
    void uncomplete(AgentSnapshot.Run known) {
        completed.remove(known);
    }

    List<AgentTask> summaries() {
        return runs.values().stream()
                .filter(run -> run.stream.isWanted() && !run.id.executor())
                .map(TaskRun::summary)
                .toList();
    }

    /** True when no run has a process any more. */
    boolean isIdle() {
        return runs.values().stream().allMatch(run -> run.isEnded() || run.order.under() != null);
    }

    /** Drops every run: the agent has left the cluster. */
    void forgetAll(Turn turn) {
        runs.values().forEach(run -> turn.add(new AgentEffect.Forget(run.id, run.container)));
        runs.clear();
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
        runs.put(id, run);
        return run;
    }

    void forgetIfDone(Turn turn, TaskRun run) {
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
                run.record(), run.latest(), run.spec, run.id.executor() ? List.of() : reports.all(run));
    }
}
