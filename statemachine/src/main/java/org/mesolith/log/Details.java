package org.mesolith.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.row.TaskRow;

/**
 * What is known of tasks and no decision needs; kept on disk, read when it is shown or sent to an agent.
 *
 * <p>Threads: any but the leader's queue and the log's apply thread, for it reads from a disk. A read may be newer than
 * the registry that the rows come from, never older than what {@link LogListener#onApplied} has told.
 */
public interface Details {
    /**
     * What is known of these tasks, in the same order; null for one that was completed and forgotten meanwhile.
     *
     * @throws java.io.UncheckedIOException when the disk cannot be read
     */
    List<@Nullable TaskDetail> of(List<TaskRow> tasks);

    /**
     * Details of a task.
     *
     * @param taskInfo the whole {@code mesos.v1.TaskInfo} as it was launched
     * @param statuses the newest of each run of equal states, oldest first, without data
     */
    record TaskDetail(String name, Opaque taskInfo, List<TaskStatus> statuses) {
        public TaskDetail {
            statuses = List.copyOf(statuses);
        }
    }
}
