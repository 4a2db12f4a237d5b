package org.mesolith.state.row;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/**
 * What decisions need of a task. A million of them lie in the heap, so ids are bare strings where a wrapper would cost,
 * and everything else lies in the task's details on disk.
 *
 * @param taskId unique within the framework among tasks that have not completed
 * @param executor null for a command task
 * @param role to which its resources are allocated
 * @param resources allocated to the role; shared with other rows
 * @param launchedAt place of its launch in the log; with the key it names this run for ever
 * @param state the latest state known
 * @param updateState state of the last update that was forwarded, null before the first
 * @param heldState while unreachable the state before, else null
 * @param healthy of the last update, null when it said nothing
 * @param updateHigh first half of the last update's uuid, both 0 when it had none
 * @param updateLow second half
 * @param statuses how many statuses lie in the details
 * @param statusHash hash of the newest of them
 * @param detailHash sum of the hashes of all details of the task
 * @param group the group that it was launched with; null for a task of its own
 */
public record TaskRow(
        String taskId,
        FrameworkId framework,
        AgentId agent,
        @Nullable ExecutorId executor,
        String role,
        Resources resources,
        Position launchedAt,
        TaskState state,
        @Nullable TaskState updateState,
        @Nullable TaskState heldState,
        @Nullable Boolean healthy,
        long updateHigh,
        long updateLow,
        int statuses,
        long statusHash,
        long detailHash,
        @Nullable TaskGroup group) {
    /** A task of its own. */
    public TaskRow(
            String taskId,
            FrameworkId framework,
            AgentId agent,
            @Nullable ExecutorId executor,
            String role,
            Resources resources,
            Position launchedAt,
            TaskState state,
            @Nullable TaskState updateState,
            @Nullable TaskState heldState,
            @Nullable Boolean healthy,
            long updateHigh,
            long updateLow,
            int statuses,
            long statusHash,
            long detailHash) {
        this(
                taskId,
                framework,
                agent,
                executor,
                role,
                resources,
                launchedAt,
                state,
                updateState,
                heldState,
                healthy,
                updateHigh,
                updateLow,
                statuses,
                statusHash,
                detailHash,
                null);
    }

    public TaskId id() {
        return new TaskId(taskId);
    }

    public TaskKey key() {
        return new TaskKey(framework, id());
    }

    public TaskRun run() {
        return new TaskRun(key(), launchedAt);
    }

    /** Of the last update that was forwarded; null when there was none or it need not be acknowledged. */
    public @Nullable Uuid updateUuid() {
        return updateHigh == 0 && updateLow == 0 ? null : new Uuid(updateHigh, updateLow);
    }

    /** The state that reconciliation answers: of the last forwarded update, else the latest. */
    public TaskState reportedState() {
        return updateState == null ? state : updateState;
    }

    /** The latest state as the agent knows it: what the digest of an agent's tasks is made of. */
    public TaskState stateAtAgent() {
        return heldState == null ? state : heldState;
    }

    public boolean isTerminal() {
        return state.isTerminal();
    }

    public boolean isUnreachable() {
        return heldState != null;
    }

    /** True while its resources are allocated: it has not ended and its agent is not unreachable. */
    public boolean holdsResources() {
        return heldState == null && !state.isTerminal();
    }

    /** Its agent fell silent: the state is TASK_UNREACHABLE until it returns. */
    public TaskRow unreachable() {
        return new TaskRow(
                taskId,
                framework,
                agent,
                executor,
                role,
                resources,
                launchedAt,
                TaskState.TASK_UNREACHABLE,
                updateState,
                state,
                healthy,
                updateHigh,
                updateLow,
                statuses,
                statusHash,
                detailHash,
                group);
    }

    /** In this state, no longer held. */
    public TaskRow withState(TaskState changed) {
        return new TaskRow(
                taskId,
                framework,
                agent,
                executor,
                role,
                resources,
                launchedAt,
                changed,
                updateState,
                null,
                healthy,
                updateHigh,
                updateLow,
                statuses,
                statusHash,
                detailHash,
                group);
    }

    /** After an update was forwarded. */
    public TaskRow withUpdate(TaskState forwarded, @Nullable Uuid uuid, @Nullable Boolean said) {
        return new TaskRow(
                taskId,
                framework,
                agent,
                executor,
                role,
                resources,
                launchedAt,
                state,
                forwarded,
                heldState,
                said,
                uuid == null ? 0 : uuid.high(),
                uuid == null ? 0 : uuid.low(),
                statuses,
                statusHash,
                detailHash,
                group);
    }

    /** With other details. */
    public TaskRow withDetails(int count, long newest, long sum) {
        return new TaskRow(
                taskId,
                framework,
                agent,
                executor,
                role,
                resources,
                launchedAt,
                state,
                updateState,
                heldState,
                healthy,
                updateHigh,
                updateLow,
                count,
                newest,
                sum,
                group);
    }

    /** The same row with shared parts. */
    public TaskRow sharing(FrameworkId ofFramework, AgentId ofAgent, String ofRole, Resources ofAll) {
        return new TaskRow(
                taskId,
                ofFramework,
                ofAgent,
                executor,
                ofRole,
                ofAll,
                launchedAt,
                state,
                updateState,
                heldState,
                healthy,
                updateHigh,
                updateLow,
                statuses,
                statusHash,
                detailHash,
                group);
    }
}
