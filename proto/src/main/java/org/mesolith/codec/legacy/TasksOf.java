package org.mesolith.codec.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.model.FrameworkId;

/** The tasks of one framework, in the lists in which they are shown. */
record TasksOf(List<TaskView> active, List<TaskView> unreachable, List<TaskView> completed) {
    static final TasksOf NONE = new TasksOf(List.of(), List.of(), List.of());

    private TasksOf() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** All tasks by framework, in one pass. */
    static SortedMap<FrameworkId, TasksOf> all(OperatorReply.Tasks tasks) {
        var all = new TreeMap<FrameworkId, TasksOf>();
        tasks.active().forEach(task -> of(all, task).active.add(task));
        tasks.unreachable().forEach(task -> of(all, task).unreachable.add(task));
        tasks.completed().forEach(task -> of(all, task).completed.add(task));
        return all;
    }

    private static TasksOf of(SortedMap<FrameworkId, TasksOf> all, TaskView task) {
        return all.computeIfAbsent(task.key().framework(), framework -> new TasksOf());
    }
}
