package org.mesolith.agent.core;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.Uuid;

/** Reads the messages that the core carries as bytes. The same bytes always give the same answer. */
public interface TaskReader {
    /**
     * What there is to run.
     *
     * @param framework the whole {@code mesos.v1.FrameworkInfo}
     * @param user default user of the framework
     */
    Reading read(Opaque framework, Opaque taskInfo, String user);

    /**
     * What there is to run for an executor.
     *
     * @param executorInfo the whole {@code mesos.v1.ExecutorInfo}
     * @param grace at its shutdown, when it names none
     */
    Reading readExecutor(Opaque executorInfo, String user, Duration grace);

    /** The executor that a task names, whole; empty when the task cannot be read. */
    Opaque executorOf(Opaque taskInfo, FrameworkId framework);

    /** What {@link #memory} gives for a task that may use all that there is. */
    long UNBOUNDED = Long.MAX_VALUE;

    /** The memory that a {@code mesos.v1.TaskInfo} or {@code ExecutorInfo} may use, in bytes; null when it has none. */
    @Nullable
    Long memory(Opaque info);

    /** Whether a task of a group shares its memory with the executor around it, and with that one's other tasks. */
    default boolean sharesMemory(Opaque taskInfo) {
        return true;
    }

    /** The disk that a {@code mesos.v1.TaskInfo} or {@code ExecutorInfo} has; none when it cannot be read. */
    default DiskShare disk(Opaque info) {
        return DiskShare.NONE;
    }

    /** The revocable part of what a {@code mesos.v1.TaskInfo} or {@code ExecutorInfo} has. */
    default Resources lent(Opaque info) {
        return Resources.EMPTY;
    }

    /** Why this agent cannot hand the task to an executor, in words; null when it can. */
    @Nullable
    String refusedUnderExecutor(Opaque taskInfo);

    /** The persistent volumes of a task that can be handed to an executor, and where that is to see them. */
    default List<TaskSpec.Mount> volumesUnderExecutor(Opaque taskInfo) {
        return List.of();
    }

    /** The rest of an executor's status, with the container of the executor where it names none. */
    Opaque inContainer(Opaque rest, Uuid container);

    /**
     * A {@code mesos.v1.TaskStatus} with only the status of this container, and what its check saw last.
     *
     * @param parent the container of the built-in executor that the task runs under; null for any other task
     * @param check null for a task that has none
     */
    Opaque statusRest(Uuid container, @Nullable Uuid parent, @Nullable CheckStatus check);

    /** How the reading went. */
    sealed interface Reading {
        /** This can be run. */
        record Runs(TaskSpec spec) implements Reading {}

        /**
         * An executor whose work the agent does itself.
         *
         * @param grace between its shutdown and the end of its tasks
         */
        record BuiltIn(Duration grace) implements Reading {}

        /** This agent cannot run it; in words for the framework. */
        record Refused(String why) implements Reading {}
    }
}
