package org.mesolith.state.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.Result;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.Counters;
import org.mesolith.state.row.TaskRow;

/** A decision in the making: the registry before, and the changes so far. One command, one thread. */
final class Draft {
    private final Registry before;
    private final Position at;
    private final Instant now;
    private final List<Change> changes = new ArrayList<>();
    private final TreeMap<TaskKey, TaskRow> changedTasks = new TreeMap<>();
    private final TreeMap<TaskKey, TaskRow> removedTasks = new TreeMap<>();
    private final TreeMap<FrameworkId, CompletedRing> rings = new TreeMap<>();
    private Counters counters;

    Draft(Registry before, Position at, Instant now) {
        this.before = before;
        this.at = at;
        this.now = now;
        this.counters = before.counters();
    }

    Registry before() {
        return before;
    }

    /** Place of the command. */
    Position at() {
        return at;
    }

    /** The time that counts: the proposer's, but never before that of an earlier command. */
    Instant now() {
        return now;
    }

    void add(Change change) {
        changes.add(change);
    }

    Counters counters() {
        return counters;
    }

    void count(Counters changed) {
        counters = changed;
    }

    /** A task as it is with the changes so far. */
    @Nullable
    TaskRow task(TaskKey key) {
        var changed = changedTasks.get(key);
        if (changed != null) {
            return changed;
        }
        return removedTasks.containsKey(key) ? null : before.task(key);
    }

    void put(TaskRow task) {
        changedTasks.put(task.key(), task);
        removedTasks.remove(task.key());
        changes.add(new Change.TaskPut(task));
    }

    /** Takes the task out without a trace. */
    void forget(TaskRow task) {
        remove(task);
        changes.add(Change.TaskDetailsRemoved.of(task));
    }

    /** Moves the task to the completed ones of its framework; the oldest of those are forgotten. */
    void complete(TaskRow task) {
        remove(task);
        counters = counters.withCompleted(counters.completed() + 1);
        var completed = new CompletedTask(counters.completed(), task, now);
        changes.add(new Change.CompletedTaskPut(completed));
        var evicted = rings.computeIfAbsent(task.framework(), id -> new CompletedRing(before, id))
                .add(completed);
        if (evicted != null) {
            changes.add(new Change.CompletedTaskRemoved(task.framework(), evicted.sequence()));
            changes.add(Change.TaskDetailsRemoved.of(evicted.task()));
        }
    }

    private void remove(TaskRow task) {
        var key = task.key();
        changedTasks.remove(key);
        removedTasks.put(key, task);
        changes.add(new Change.TaskRemoved(key));
    }

    /** Done, with the changes so far. */
    Outcome accepted(Result result) {
        if (!counters.equals(before.counters())) {
            changes.add(new Change.CountersPut(counters));
        }
        return new Outcome.Accepted(changes, result);
    }

    Outcome accepted() {
        return accepted(Result.NONE);
    }
}
