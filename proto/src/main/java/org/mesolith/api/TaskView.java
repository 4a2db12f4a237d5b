package org.mesolith.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/**
 * A task as it is shown.
 *
 * @param executor null for a command task
 * @param state the latest state known
 * @param statusUpdateState state of the last update that was forwarded, null before the first
 * @param statuses newest of each run of equal states, oldest first; without data
 * @param taskInfo the launched {@code mesos.v1.TaskInfo}: labels, discovery, container and checks are shown from it
 */
public record TaskView(
        TaskKey key,
        String name,
        AgentId agent,
        @Nullable ExecutorId executor,
        TaskState state,
        @Nullable TaskState statusUpdateState,
        @Nullable Uuid statusUpdateUuid,
        Resources resources,
        List<TaskStatus> statuses,
        Opaque taskInfo) {
    public TaskView {
        statuses = List.copyOf(statuses);
    }
}
