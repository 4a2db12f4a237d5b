package org.mesolith.state.row;

import java.util.List;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;

/**
 * What is known of a task and no decision needs; kept on disk.
 *
 * @param taskInfo the whole {@code mesos.v1.TaskInfo} as it was launched
 * @param statuses the newest of each run of equal states, oldest first, without data
 */
public record TaskDetail(String name, Opaque taskInfo, List<TaskStatus> statuses) {
    public TaskDetail {
        statuses = List.copyOf(statuses);
    }
}
