package org.mesolith.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskId;
import org.mesolith.model.Uuid;

/** What an executor is told (mesos.v1.executor.Event). */
public sealed interface ExecutorEvent {
    /**
     * First event of every stream.
     *
     * @param executor the whole {@code mesos.v1.ExecutorInfo}
     * @param framework the whole {@code mesos.v1.FrameworkInfo}
     * @param container the executor's own
     */
    record Subscribed(Opaque executor, Opaque framework, AgentId agent, AgentInfo info, Uuid container)
            implements ExecutorEvent {}

    /** Start this task: the whole {@code mesos.v1.TaskInfo}. */
    record Launch(Opaque taskInfo) implements ExecutorEvent {}

    /**
     * Start these tasks together: each the whole {@code mesos.v1.TaskInfo}.
     */
    record LaunchGroup(List<Opaque> taskInfos) implements ExecutorEvent {
        public LaunchGroup {
            taskInfos = List.copyOf(taskInfos);
        }
    }

    /**
     * End this task.
     *
     * @param grace time between TERM and KILL, null for the task's own
     */
    record Kill(TaskId task, @Nullable Duration grace) implements ExecutorEvent {}

    /** The update is stored; forget it. */
    record Acknowledged(TaskId task, Uuid uuid) implements ExecutorEvent {}

    /** Bytes from the framework. */
    record Message(byte[] data) implements ExecutorEvent {}

    /** End all tasks, then yourself. */
    record Shutdown() implements ExecutorEvent {}

    /** The interface calls it ERROR; the stream ends after this. */
    record Failed(String message) implements ExecutorEvent {}

    /** Nothing happened for a while. */
    record Heartbeat() implements ExecutorEvent {}
}
