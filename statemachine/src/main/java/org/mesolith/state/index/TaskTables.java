package org.mesolith.state.index;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.table.Table;

/**
 * Tasks and executors, and the indexes that follow from them.
 *
 * @param live framework id → task id → row
 * @param completed framework id → sequence → row
 * @param executors framework id → key of the executor → row
 * @param uses agent id → its tasks and executors and what they hold (index)
 * @param heldByFramework framework id → role → amounts (index)
 * @param heldByRole role → amounts (index)
 */
public record TaskTables(
        Table<FrameworkId, Table<String, TaskRow>> live,
        Table<FrameworkId, Table<Long, CompletedTask>> completed,
        Table<FrameworkId, Table<String, ExecutorRow>> executors,
        Table<AgentId, AgentUse> uses,
        Table<FrameworkId, Table<String, Quantities>> heldByFramework,
        Table<String, Quantities> heldByRole) {
    public static final TaskTables EMPTY =
            new TaskTables(Table.empty(), Table.empty(), Table.empty(), Table.empty(), Table.empty(), Table.empty());

    /** A live task. */
    public @Nullable TaskRow get(FrameworkId framework, String task) {
        var tasks = live.get(framework);
        return tasks == null ? null : tasks.get(task);
    }

    /** With one row put: new, or in place of {@code before}. */
    public TaskTables put(@Nullable TaskRow before, TaskRow after) {
        Check.that(
                before == null || before.agent().equals(after.agent()),
                "task " + after.key() + " must not change its agent");
        return with(before, after, grouped(live, after.framework(), after.taskId(), after));
    }

    /** Without this row. */
    public TaskTables remove(TaskRow gone) {
        return with(gone, null, grouped(live, gone.framework(), gone.taskId(), null));
    }

    /** With one more completed task. */
    public TaskTables putCompleted(CompletedTask task) {
        var changed = grouped(completed, task.task().framework(), task.sequence(), task);
        return new TaskTables(live, changed, executors, uses, heldByFramework, heldByRole);
    }

    /** A completed task. */
    public @Nullable CompletedTask getCompleted(FrameworkId framework, long sequence) {
        var tasks = completed.get(framework);
        return tasks == null ? null : tasks.get(sequence);
    }

    /** Without this completed task. */
    public TaskTables removeCompleted(FrameworkId framework, long sequence) {
        var changed = grouped(completed, framework, sequence, null);
        return new TaskTables(live, changed, executors, uses, heldByFramework, heldByRole);
    }

    /** An executor. */
    public @Nullable ExecutorRow executor(FrameworkId framework, String key) {
        var own = executors.get(framework);
        return own == null ? null : own.get(key);
    }

    /** With one executor put: new, or in place of {@code before}. */
    public TaskTables put(@Nullable ExecutorRow before, ExecutorRow after) {
        return with(before, after, grouped(executors, after.framework(), after.key(), after));
    }

    /** Without this executor. */
    public TaskTables remove(ExecutorRow gone) {
        return with(gone, null, grouped(executors, gone.framework(), gone.key(), null));
    }

    private TaskTables with(
            @Nullable ExecutorRow before,
            @Nullable ExecutorRow after,
            Table<FrameworkId, Table<String, ExecutorRow>> changed) {
        var agent = Check.present(after == null ? before : after, "executor to change")
                .agent();
        var use = use(agent).with(before, after);
        return moved(live, changed, used(agent, use), Held.of(before), Held.of(after));
    }

    private TaskTables with(
            @Nullable TaskRow before, @Nullable TaskRow after, Table<FrameworkId, Table<String, TaskRow>> changed) {
        var agent =
                Check.present(after == null ? before : after, "task to change").agent();
        var use = use(agent).with(before, after);
        return moved(changed, executors, used(agent, use), Held.of(before), Held.of(after));
    }

    private AgentUse use(AgentId agent) {
        var held = uses.get(agent);
        return held == null ? AgentUse.NONE : held;
    }

    private Table<AgentId, AgentUse> used(AgentId agent, AgentUse use) {
        return use.isEmpty() ? uses.remove(agent) : uses.put(agent, use);
    }

    private TaskTables moved(
            Table<FrameworkId, Table<String, TaskRow>> tasks,
            Table<FrameworkId, Table<String, ExecutorRow>> running,
            Table<AgentId, AgentUse> used,
            @Nullable Held less,
            @Nullable Held more) {
        if (less != null && more != null && less.resources().equals(more.resources())) {
            return new TaskTables(tasks, completed, running, used, heldByFramework, heldByRole);
        }
        var byFramework = heldByFramework;
        var byRole = heldByRole;
        if (less != null) {
            byFramework = moved(byFramework, less, false);
            byRole = movedIn(byRole, less, false);
        }
        if (more != null) {
            byFramework = moved(byFramework, more, true);
            byRole = movedIn(byRole, more, true);
        }
        return new TaskTables(tasks, completed, running, used, byFramework, byRole);
    }

    private static Table<FrameworkId, Table<String, Quantities>> moved(
            Table<FrameworkId, Table<String, Quantities>> groups, Held held, boolean more) {
        var group = groups.get(held.framework());
        var changed = movedIn(group == null ? Table.empty() : group, held, more);
        return changed.isEmpty() ? groups.remove(held.framework()) : groups.put(held.framework(), changed);
    }

    private static Table<String, Quantities> movedIn(Table<String, Quantities> amounts, Held held, boolean more) {
        var known = amounts.get(held.role());
        var before = known == null ? Quantities.NONE : known;
        var own = held.resources().quantities();
        var after = more ? before.plus(own) : before.without(own);
        if (more) {
            return held.resources().isEmpty() ? amounts : amounts.put(held.role(), after);
        }
        return after.isEmpty() ? amounts.remove(held.role()) : amounts.put(held.role(), after);
    }

    private static <K extends Comparable<K>, V> Table<FrameworkId, Table<K, V>> grouped(
            Table<FrameworkId, Table<K, V>> groups, FrameworkId group, K key, @Nullable V value) {
        var known = groups.get(group);
        Table<K, V> rows = known == null ? Table.empty() : known;
        var changed = value == null ? rows.remove(key) : rows.put(key, value);
        return changed.isEmpty() ? groups.remove(group) : groups.put(group, changed);
    }
}
