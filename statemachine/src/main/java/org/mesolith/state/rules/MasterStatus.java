package org.mesolith.state.rules;

import org.mesolith.base.Limits;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.row.TaskRow;

/** Statuses that the masters make themselves: without uuid, so they need not be acknowledged. */
final class MasterStatus {
    private static final Opaque NOTHING_MORE = Opaque.empty(TaskStatus.SCHEMA);

    private MasterStatus() {}

    static TaskStatus of(Draft draft, TaskRow task, TaskState state, StatusReason reason, String message) {
        return new TaskStatus(
                task.id(),
                state,
                StatusSource.SOURCE_MASTER,
                reason,
                cut(message),
                draft.now(),
                null,
                task.agent(),
                task.executor(),
                task.healthy(),
                NOTHING_MORE);
    }

    /** Not longer than is kept; never half of a character. */
    static String cut(String message) {
        if (message.length() <= Limits.TEXT_CHARS_MAX) {
            return message;
        }
        boolean half = Character.isHighSurrogate(message.charAt(Limits.TEXT_CHARS_MAX - 1));
        return message.substring(0, Limits.TEXT_CHARS_MAX - (half ? 1 : 0));
    }
}
