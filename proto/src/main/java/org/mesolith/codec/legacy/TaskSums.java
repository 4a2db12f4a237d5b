package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mesolith.api.TaskView;
import org.mesolith.model.TaskState;

/** How many tasks are in which state, and on which agents or of which frameworks. */
final class TaskSums {
    private static final List<TaskState> SHOWN = List.of(
            TaskState.TASK_STAGING,
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_KILLING,
            TaskState.TASK_FINISHED,
            TaskState.TASK_KILLED,
            TaskState.TASK_FAILED,
            TaskState.TASK_LOST,
            TaskState.TASK_ERROR,
            TaskState.TASK_UNREACHABLE);

    private final Map<TaskState, Integer> counts = new EnumMap<>(TaskState.class);
    private final TreeSet<String> others = new TreeSet<>();

    void add(TaskView task, String other) {
        counts.merge(task.state(), 1, Integer::sum);
        others.add(other);
    }

    /** @param key of the list of ids of the other side */
    void write(JsonGenerator json, String key) throws IOException {
        for (var state : SHOWN) {
            json.writeNumberField(state.name(), counts.getOrDefault(state, 0));
        }
        json.writeArrayFieldStart(key);
        for (var other : others) {
            json.writeString(other);
        }
        json.writeEndArray();
    }
}
