package org.mesolith.leader.task;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.row.TaskRow;

/** How many tasks are in which state, kept up with every change; and how many ended how in this term. */
public final class TaskCounts {
    private final SortedMap<TaskState, Long> live = new TreeMap<>();
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

    /** Something was decided. */
    void applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return;
        }
        // A task may change several times in one command: what counts is before and after.
        var touched = new TreeMap<TaskKey, Boolean>();
        for (var change : accepted.changes()) {
            switch (change) {
                case Change.TaskPut(var row) -> touched.put(row.key(), true);
                case Change.TaskRemoved(var key) -> touched.put(key, true);
                case Change.CompletedTaskPut(var completed) -> ended(applied, completed.task());
                default -> {}
            }
        }
        for (var key : touched.keySet()) {
            var before = applied.before().task(key);
            var after = applied.after().task(key);
            if (before != null) {
                add(before, -1);
            }
            if (after != null) {
                add(after, 1);
                if (after.isTerminal() && (before == null || !before.isTerminal())) {
                    count(after.state());
                }
            }
        }
    }

    private void ended(Applied applied, TaskRow row) {
        var before = applied.before().task(row.key());
        if (before == null || !before.isTerminal()) {
            count(row.state());
        }
    }

    private void count(TaskState state) {
        tally.count("master/" + name(state));
    }

    /** The last part of the metric's name, {@code tasks_running}. */
    public static String name(TaskState state) {
        return "tasks_" + state.name().substring("TASK_".length()).toLowerCase(Locale.ROOT);
    }

    private void add(TaskRow row, long more) {
        live.merge(row.state(), more, Long::sum);
    }
}
