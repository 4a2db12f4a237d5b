package org.mesolith.state.index;

import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.state.row.CompletedTask;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.table.Table;

/**
 * Tasks, and the indexes that follow from them.
 *
 * @param live framework id → task id → row
 * @param completed framework id → sequence → row
 * @param uses agent id → its tasks and what they hold (index)
 * @param heldByFramework framework id → role → amounts (index)
 * @param heldByRole role → amounts (index)
 */
public record TaskTables(
        Table<FrameworkId, Table<String, TaskRow>> live,
        Table<FrameworkId, Table<Long, CompletedTask>> completed,
        Table<AgentId, AgentUse> uses,
        Table<FrameworkId, Table<String, Quantities>> heldByFramework,
        Table<String, Quantities> heldByRole) {
    public static final TaskTables EMPTY =
            new TaskTables(Table.empty(), Table.empty(), Table.empty(), Table.empty(), Table.empty());

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
        return new TaskTables(live, changed, uses, heldByFramework, heldByRole);
    }

    /** A completed task. */
    public @Nullable CompletedTask getCompleted(FrameworkId framework, long sequence) {
        var tasks = completed.get(framework);
        return tasks == null ? null : tasks.get(sequence);
    }

    /** Without this completed task. */
    public TaskTables removeCompleted(FrameworkId framework, long sequence) {
        var changed = grouped(completed, framework, sequence, null);
        return new TaskTables(live, changed, uses, heldByFramework, heldByRole);
    }

    private TaskTables with(
            @Nullable TaskRow before, @Nullable TaskRow after, Table<FrameworkId, Table<String, TaskRow>> changed) {
        var task = Check.present(after == null ? before : after, "task to change");
        var agent = task.agent();
        var held = uses.get(agent);
        var use = (held == null ? AgentUse.NONE : held).with(before, after);
        var changedUses = use.isEmpty() ? uses.remove(agent) : uses.put(agent, use);
        var less = before != null && before.holdsResources() ? before : null;
        var more = after != null && after.holdsResources() ? after : null;
        if (less != null && more != null && less.resources().equals(more.resources())) {
            return new TaskTables(changed, completed, changedUses, heldByFramework, heldByRole);
        }
        return new TaskTables(
                changed,
                completed,
                changedUses,
                moved(heldByFramework, task.framework(), less, more),
                moved(heldByRole, less, more));
    }

    private static Table<FrameworkId, Table<String, Quantities>> moved(
            Table<FrameworkId, Table<String, Quantities>> groups,
            FrameworkId framework,
            @Nullable TaskRow less,
            @Nullable TaskRow more) {
        var group = groups.get(framework);
        var changed = moved(group == null ? Table.empty() : group, less, more);
        return changed.isEmpty() ? groups.remove(framework) : groups.put(framework, changed);
    }

    private static Table<String, Quantities> moved(
            Table<String, Quantities> held, @Nullable TaskRow less, @Nullable TaskRow more) {
        var changed = held;
        if (less != null) {
            var rest = amounts(changed, less).without(less.resources().quantities());
            changed = rest.isEmpty() ? changed.remove(less.role()) : changed.put(less.role(), rest);
        }
        if (more != null && !more.resources().isEmpty()) {
            changed = changed.put(
                    more.role(), amounts(changed, more).plus(more.resources().quantities()));
        }
        return changed;
    }

    private static Quantities amounts(Table<String, Quantities> held, TaskRow task) {
        var amounts = held.get(task.role());
        return amounts == null ? Quantities.NONE : amounts;
    }

    private static <K extends Comparable<K>, V> Table<FrameworkId, Table<K, V>> grouped(
            Table<FrameworkId, Table<K, V>> groups, FrameworkId group, K key, @Nullable V value) {
        var known = groups.get(group);
        Table<K, V> rows = known == null ? Table.empty() : known;
        var changed = value == null ? rows.remove(key) : rows.put(key, value);
        return changed.isEmpty() ? groups.remove(group) : groups.put(group, changed);
    }
}
