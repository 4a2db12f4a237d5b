package org.mesolith.state.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.model.Position;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.Result;
import org.mesolith.state.row.AgentRow;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.Counters;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.GoneAgent;
import org.mesolith.state.row.OperationRow;
import org.mesolith.state.row.TaskRow;

/** A decision in the making: the registry before, and the changes so far. One command, one thread. */
final class Draft {
    private final Registry before;
    private final Position at;
    private final Instant now;
    private final @Nullable String principal;
    private final List<Change> changes = new ArrayList<>();
    private final TreeMap<TaskKey, TaskRow> changedTasks = new TreeMap<>();
    private final TreeMap<TaskKey, TaskRow> removedTasks = new TreeMap<>();
    private final TreeMap<String, ExecutorRow> newExecutors = new TreeMap<>();
    private final TreeSet<String> endedExecutors = new TreeSet<>();
    private final TreeMap<FrameworkId, CompletedRing> rings = new TreeMap<>();
    private final Drains drains;
    private final NotedReservations notes;
    private Counters counters;

    /**
     * @param principal of whoever wants it, null when nobody asked for a name
     */
    Draft(Registry before, Position at, Instant now, @Nullable String principal) {
        this.before = before;
        this.at = at;
        this.now = now;
        this.principal = principal;
        this.drains = new Drains(before);
        this.notes = new NotedReservations(before);
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

    @Nullable
    String principal() {
        return principal;
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

    // ---- agents

    void put(AgentRow row) {
        drains.put(row);
        changes.add(new Change.AgentPut(row));
    }

    void remove(AgentRow row) {
        drains.removed(row.id());
        before.executorsOfAgent(row.id()).forEach(this::end);
        changes.add(new Change.AgentRemoved(row.id()));
        for (var operation : drains.operationsOf(row.id())) {
            forget(operation);
        }
    }

    void markGone(AgentRow row) {
        remove(row);
        changes.add(new Change.GoneAgentPut(new GoneAgent(row.id(), now)));
    }

    /** If it is being drained and nothing is left on it, that is noted with the decision. */
    void mayBeDrained(AgentId agent) {
        drains.look(agent);
    }

    /** What is written down of reservations. */
    NotedReservations notes() {
        return notes;
    }

    // ---- operations

    void put(OperationRow operation) {
        drains.put(operation);
        changes.add(new Change.OperationPut(operation));
    }

    void forget(OperationRow operation) {
        drains.removed(operation);
        changes.add(new Change.OperationRemoved(operation.framework(), operation.id()));
    }

    boolean isNew(FrameworkId framework, OperationId id) {
        return drains.isNew(framework, id);
    }

    /** How many operations this command added. */
    int newOperations() {
        return drains.newCount();
    }

    boolean isForgotten(OperationRow operation) {
        return drains.isForgotten(operation);
    }

    // ---- executors

    /** An executor as it is with those that this command launched. */
    @Nullable
    ExecutorRow executor(FrameworkId framework, AgentId agent, ExecutorId id) {
        var launched = newExecutors.get(name(framework, ExecutorRow.key(agent, id)));
        return launched == null ? before.executor(framework, agent, id) : launched;
    }

    /** An executor begins. */
    void launch(ExecutorRow executor) {
        newExecutors.put(name(executor.framework(), executor.key()), executor);
        changes.add(new Change.ExecutorPut(executor));
    }

    /** An executor is over; only the first word of it counts. */
    void end(ExecutorRow executor) {
        if (endedExecutors.add(name(executor.framework(), executor.key()))) {
            changes.add(new Change.ExecutorRemoved(executor.framework(), executor.agent(), executor.id()));
        }
    }

    private static String name(FrameworkId framework, String key) {
        return framework.value() + "\n" + key;
    }

    // ---- tasks

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
        drains.look(task.agent());
    }

    private boolean hasTasks(AgentId agent) {
        var live = new TreeSet<TaskKey>();
        before.tasksOfAgent(agent).forEach(task -> live.add(task.key()));
        live.removeAll(removedTasks.keySet());
        changedTasks.values().stream()
                .filter(task -> task.agent().equals(agent))
                .forEach(task -> live.add(task.key()));
        return !live.isEmpty();
    }

    // ---- the end

    /** Done, with the changes so far. */
    Outcome accepted(Result result) {
        for (var row : drains.waiting()) {
            var drain = row.drain();
            if (drain != null && !hasTasks(row.id())) {
                if (drain.markGone()) {
                    markGone(row);
                } else {
                    put(row.withDrain(drain.done()));
                }
            }
        }
        changes.addAll(notes.changes(drains.touched()));
        if (!counters.equals(before.counters())) {
            changes.add(new Change.CountersPut(counters));
        }
        return new Outcome.Accepted(changes, result);
    }

    Outcome accepted() {
        return accepted(Result.NONE);
    }
}
