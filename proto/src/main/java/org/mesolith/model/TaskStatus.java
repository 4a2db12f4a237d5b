package org.mesolith.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One report on a task, without its {@code data}: that travels beside it and is never logged.
 *
 * @param uuid set when the status came through an agent's update manager and must be acknowledged
 * @param reason null when the sender gave none, or one that this version does not know (then it is in {@code rest})
 * @param message empty when there is none
 * @param timestamp when it was made, by the clock of its source
 * @param rest {@code mesos.v1.TaskStatus} with only the fields that no decision needs: check status, labels,
 *     container status, unreachable time, limitation
 */
public record TaskStatus(
        TaskId task,
        TaskState state,
        StatusSource source,
        @Nullable StatusReason reason,
        String message,
        Instant timestamp,
        @Nullable Uuid uuid,
        @Nullable AgentId agent,
        @Nullable ExecutorId executor,
        @Nullable Boolean healthy,
        Opaque rest) {
    /** Schema of {@link #rest}. */
    public static final String SCHEMA = "mesos.v1.TaskStatus";

    public boolean isTerminal() {
        return state.isTerminal();
    }

    /** The same report with another state, for frameworks that do not know the true one. */
    public TaskStatus withState(TaskState other) {
        return new TaskStatus(task, other, source, reason, message, timestamp, uuid, agent, executor, healthy, rest);
    }
}
