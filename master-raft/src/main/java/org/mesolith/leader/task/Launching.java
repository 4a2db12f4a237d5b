package org.mesolith.leader.task;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.event.LeaderEvent.LaunchesProposed;
import org.mesolith.leader.event.LeaderEvent.LaunchesSettled;
import org.mesolith.model.AgentId;
import org.mesolith.model.TaskKey;

/** Tasks on their way into the log, with their agent: they exist for their framework, but not in the registry yet. */
final class Launching {
    private final SortedMap<TaskKey, AgentId> tasks = new TreeMap<>();

    void proposed(LaunchesProposed proposed) {
        proposed.tasks().forEach(task -> tasks.put(task, proposed.agent()));
    }

    void settled(LaunchesSettled settled) {
        settled.tasks().forEach(task -> tasks.remove(task));
    }

    /** The agent it is to run on, or null when it is not on its way. */
    @Nullable
    AgentId agent(TaskKey task) {
        return tasks.get(task);
    }
}
