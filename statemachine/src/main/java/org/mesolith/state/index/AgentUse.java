package org.mesolith.state.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Resources;
import org.mesolith.state.row.Allocation;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.TaskRow;

/**
 * Index entry of an agent: the tasks and executors on it, sorted, and what they hold. Immutable; the array is never
 * given out.
 */
public final class AgentUse {
    public static final AgentUse NONE = new AgentUse(new TaskRow[0], List.of(), List.of());

    private final TaskRow[] tasks;
    private final List<ExecutorRow> executors;
    private final List<Allocation> allocations;

    private AgentUse(TaskRow[] tasks, List<ExecutorRow> executors, List<Allocation> allocations) {
        this.tasks = tasks;
        this.executors = executors;
        this.allocations = allocations;
    }

    boolean isEmpty() {
        return tasks.length == 0 && executors.isEmpty();
    }

    /** By framework and id. */
    public List<TaskRow> tasks() {
        return List.of(tasks);
    }

    /** By framework and id. */
    public List<ExecutorRow> executors() {
        return executors;
    }

    /** By framework and role, sorted. */
    public List<Allocation> allocations() {
        return allocations;
    }

    /** The same with one task replaced: null before for a new one, null after for one that goes. */
    AgentUse with(@Nullable TaskRow before, @Nullable TaskRow after) {
        return new AgentUse(replaced(before, after), executors, reallocated(Held.of(before), Held.of(after)));
    }

    /** The same with one executor replaced: null before for a new one, null after for one that goes. */
    AgentUse with(@Nullable ExecutorRow before, @Nullable ExecutorRow after) {
        var changed = new ArrayList<>(executors);
        if (before != null) {
            changed.remove(before);
        }
        if (after != null) {
            int place = 0;
            while (place < changed.size() && compare(changed.get(place), after) < 0) {
                place++;
            }
            changed.add(place, after);
        }
        return new AgentUse(tasks, List.copyOf(changed), reallocated(Held.of(before), Held.of(after)));
    }

    private TaskRow[] replaced(@Nullable TaskRow before, @Nullable TaskRow after) {
        if (before == null && after == null) {
            return tasks;
        }
        int place = Arrays.binarySearch(tasks, before == null ? after : before, AgentUse::compare);
        if (after == null) {
            var shorter = new TaskRow[tasks.length - 1];
            System.arraycopy(tasks, 0, shorter, 0, place);
            System.arraycopy(tasks, place + 1, shorter, place, shorter.length - place);
            return shorter;
        }
        if (place >= 0) {
            var same = tasks.clone();
            same[place] = after;
            return same;
        }
        int insert = -place - 1;
        var longer = new TaskRow[tasks.length + 1];
        System.arraycopy(tasks, 0, longer, 0, insert);
        longer[insert] = after;
        System.arraycopy(tasks, insert, longer, insert + 1, tasks.length - insert);
        return longer;
    }

    private List<Allocation> reallocated(@Nullable Held less, @Nullable Held more) {
        if (less != null && more != null && less.resources().equals(more.resources())) {
            return allocations;
        }
        var changed = less == null ? allocations : changed(allocations, less, false);
        return more == null ? changed : changed(changed, more, true);
    }

    private static List<Allocation> changed(List<Allocation> allocations, Held held, boolean more) {
        var changed = new ArrayList<Allocation>(allocations.size() + 1);
        var sum = Resources.EMPTY;
        int place = 0;
        for (var allocation : allocations) {
            int order = compare(allocation, held);
            if (order == 0) {
                sum = allocation.resources();
                continue;
            }
            place += order < 0 ? 1 : 0;
            changed.add(allocation);
        }
        sum = more ? sum.plus(held.resources()) : sum.without(held.resources());
        if (!sum.isEmpty()) {
            changed.add(place, new Allocation(held.framework(), held.role(), sum));
        }
        return List.copyOf(changed);
    }

    private static int compare(Allocation allocation, Held held) {
        int byFramework = allocation.framework().compareTo(held.framework());
        return byFramework != 0 ? byFramework : allocation.role().compareTo(held.role());
    }

    private static int compare(TaskRow one, TaskRow other) {
        int byFramework = one.framework().compareTo(other.framework());
        return byFramework != 0 ? byFramework : one.taskId().compareTo(other.taskId());
    }

    private static int compare(ExecutorRow one, ExecutorRow other) {
        int byFramework = one.framework().compareTo(other.framework());
        return byFramework != 0 ? byFramework : one.id().compareTo(other.id());
    }
}
