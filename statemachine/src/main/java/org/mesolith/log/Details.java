package org.mesolith.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.row.TaskDetail;
import org.mesolith.state.row.TaskRow;

/**
 * What is known of tasks and no decision needs; kept on disk, read when it is shown or sent to an agent.
 *
 * <p>Threads: any but the leader's queue and the log's apply thread, for it reads from a disk. A read may be newer than
 * the registry that the rows come from, never older than what {@link LogListener#onApplied} has told.
 */
public interface Details {
    /**
     * What is known of these tasks (live or completed), in the same order; null for one that was forgotten meanwhile.
     *
     * @throws RuntimeException when the disk cannot be read
     */
    List<@Nullable TaskDetail> of(List<TaskRow> tasks);
}
