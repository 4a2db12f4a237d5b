package org.mesolith.leader.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationStatus;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.row.TaskRow;

/** Statuses that the masters make themselves: no uuid, for nobody needs to acknowledge them. */
public final class MasterStatus {
    private MasterStatus() {}

    /** About a task that is in the registry. */
    public static SchedulerEvent.Update of(
            TaskRow row, TaskState state, @Nullable StatusReason reason, String message, Instant now) {
        return update(row.id(), state, reason, message, now, row.agent(), row.executor(), row.healthy());
    }

    /** About a task that is not. */
    public static SchedulerEvent.Update of(
            TaskId task,
            @Nullable AgentId agent,
            TaskState state,
            @Nullable StatusReason reason,
            String message,
            Instant now) {
        return update(task, state, reason, message, now, agent, null, null);
    }

    /** An operation that was not performed; empty when the framework gave it no id and so does not ask. */
    public static List<Effect> failed(FrameworkId framework, @Nullable OperationId operation, String message) {
        return operation == null
                ? List.of()
                : List.of(new Effect.Raise(new LeaderEvent.Tell(
                        framework, new SchedulerEvent.OperationUpdate(OperationStatus.error(operation, message)))));
    }

    /** The same with the time since when the agent is unreachable. */
    public static TaskStatus withUnreachableTime(TaskStatus status, Instant since) {
        return UnreachableTime.on(status, since);
    }

    /** The same with what the record does not name. */
    public static SchedulerEvent.Update withRest(SchedulerEvent.Update update, Opaque rest) {
        var status = update.status();
        return new SchedulerEvent.Update(
                new TaskStatus(
                        status.task(),
                        status.state(),
                        status.source(),
                        status.reason(),
                        status.message(),
                        status.timestamp(),
                        status.uuid(),
                        status.agent(),
                        status.executor(),
                        status.healthy(),
                        rest),
                update.data());
    }

    private static SchedulerEvent.Update update(
            TaskId task,
            TaskState state,
            @Nullable StatusReason reason,
            String message,
            Instant now,
            @Nullable AgentId agent,
            @Nullable ExecutorId executor,
            @Nullable Boolean healthy) {
        var status = new TaskStatus(
                task,
                state,
                StatusSource.SOURCE_MASTER,
                reason,
                message,
                now,
                null,
                agent,
                executor,
                healthy,
                Opaque.empty(TaskStatus.SCHEMA));
        return new SchedulerEvent.Update(status, null);
    }
}
