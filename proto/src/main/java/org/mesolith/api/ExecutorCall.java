package org.mesolith.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskStatus;

/** What an executor tells its agent (mesos.v1.executor.Call). */
public sealed interface ExecutorCall {
    /**
     * Opens the event stream; a stream that was open before is closed.
     *
     * @param unacknowledgedTasks launched, and no update of theirs was acknowledged yet
     * @param unacknowledgedUpdates told, and not acknowledged yet
     */
    record Subscribe(List<TaskId> unacknowledgedTasks, List<Update> unacknowledgedUpdates) implements ExecutorCall {
        public Subscribe {
            unacknowledgedTasks = List.copyOf(unacknowledgedTasks);
            unacknowledgedUpdates = List.copyOf(unacknowledgedUpdates);
        }
    }

    /**
     * News of a task; acknowledged by an event once the agent has stored it.
     *
     * @param status its uuid is never null
     * @param data the framework's own bytes, null when there are none
     */
    record Update(TaskStatus status, byte @Nullable [] data) implements ExecutorCall {}

    /** Bytes for the framework, best effort. */
    record Message(byte[] data) implements ExecutorCall {}

    /** Nothing happened for a while. */
    record Heartbeat() implements ExecutorCall {}

    /** The type UNKNOWN, sent explicitly: 501. */
    record Unknown() implements ExecutorCall {}
}
