package org.mesolith.leader.task;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.row.TaskRow;

/** How many tasks are in which state, kept up with every change; and how many ended how in this term. */
final class TaskCounts {
    private final SortedMap<TaskState, Long> live = new TreeMap<>();
    private final SortedMap<FrameworkId, SortedMap<TaskState, Long>> liveOf = new TreeMap<>();
    private final Tally tally;

    /** Counts once what there is. */
    TaskCounts(Present present, Tally tally) {
        this.tally = tally;
        for (var framework : present.registry().frameworks()) {
            present.registry().tasksOfFramework(framework.id()).forEach(row -> add(row, 1));
        }
    }

    /** Tasks that have not completed and are in this state. */
    long in(TaskState state) {
        return live.getOrDefault(state, 0L);
    }

    /** The same of one framework. */
    long in(FrameworkId framework, TaskState state) {
        var own = liveOf.get(framework);
        return own == null ? 0 : own.getOrDefault(state, 0L);
    }

    /** Something was decided. */
    void applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return;
        }
        // A task may change several times in one command: what counts is before and after.
        var touched = new TreeMap<TaskKey, Boolean>();
        var statuses = new TreeMap<TaskKey, TaskStatus>();
        for (var change : accepted.changes()) {
            switch (change) {
                case Change.TaskPut(var row) -> touched.put(row.key(), true);
                case Change.TaskRemoved(var key) -> touched.put(key, true);
                case Change.TaskStatusPut(var run, var _, var status) -> statuses.put(run.key(), status);
                default -> {}
            }
        }
        for (var change : accepted.changes()) {
            if (change instanceof Change.CompletedTaskPut(var completed)) {
                ended(applied, completed.task(), statuses);
            }
        }
        for (var key : touched.keySet()) {
            moved(applied, key, statuses);
        }
        for (var change : accepted.changes()) {
            if (change instanceof Change.FrameworkRemoved(var id)) {
                liveOf.remove(id);
            }
        }
    }

    private void moved(Applied applied, TaskKey key, SortedMap<TaskKey, TaskStatus> statuses) {
        var before = applied.before().task(key);
        var after = applied.after().task(key);
        if (before != null) {
            add(before, -1);
        }
        if (after != null) {
            add(after, 1);
            if (after.isTerminal() && (before == null || !before.isTerminal())) {
                count(applied, after, statuses.get(key));
            }
        }
    }

    private void ended(Applied applied, TaskRow row, SortedMap<TaskKey, TaskStatus> statuses) {
        var before = applied.before().task(row.key());
        if (before == null || !before.isTerminal()) {
            count(applied, row, statuses.get(row.key()));
        }
    }

    private void count(Applied applied, TaskRow row, @Nullable TaskStatus status) {
        var framework = applied.before().framework(row.framework());
        boolean aware = framework != null && framework.info().has(FrameworkCapability.PARTITION_AWARE);
        var state = aware ? row.state() : row.state().seenByOldFrameworks();
        var reason = status == null ? null : status.reason();
        if (status == null || reason == null) {
            tally.ended(row.framework(), state);
        } else {
            tally.ended(row.framework(), state, status.source(), reason);
        }
    }

    private void add(TaskRow row, long more) {
        live.merge(row.state(), more, Long::sum);
        liveOf.computeIfAbsent(row.framework(), f -> new TreeMap<>()).merge(row.state(), more, Long::sum);
    }
}
