package org.mesolith.state.rules;

import org.mesolith.base.Limits;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.row.RowHash;
import org.mesolith.state.row.TaskRow;

/** Keeps a task's details and the hashes of them in its row in step. */
final class TaskDetails {
    private TaskDetails() {}

    /**
     * The row after this status was forwarded. Of a run of equal states only the newest status stays; the
     * latest state is the caller's to set.
     */
    static TaskRow withStatus(Draft draft, TaskRow row, TaskStatus status) {
        boolean replaces = row.statuses() > 0
                && (row.updateState() == status.state() || row.statuses() >= Limits.STATUSES_PER_TASK_MAX);
        int number = replaces ? row.statuses() - 1 : row.statuses();
        long hash = RowHash.ofStatus(number, status);
        long sum = row.detailHash() + hash - (replaces ? row.statusHash() : 0);
        draft.add(new Change.TaskStatusPut(row.run(), number, status));
        return row.withUpdate(status.state(), status.uuid(), status.healthy()).withDetails(number + 1, hash, sum);
    }
}
