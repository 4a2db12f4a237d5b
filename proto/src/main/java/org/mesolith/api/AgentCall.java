package org.mesolith.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an operator can ask an agent for (mesos.v1.agent.Call). */
public sealed interface AgentCall {
    /** Reads: answered from a snapshot. */
    enum Read implements AgentCall {
        GET_HEALTH,
        GET_FLAGS,
        GET_VERSION,
        GET_LOGGING_LEVEL,
        GET_STATE,
        GET_FRAMEWORKS,
        GET_EXECUTORS,
        GET_TASKS,
        GET_AGENT,
        GET_OPERATIONS,
        GET_RESOURCE_PROVIDERS
    }

    /**
     * Logs more for a while.
     *
     * @param level beyond what the process was started with, from 0 on
     */
    record SetLoggingLevel(long level, Duration duration) implements AgentCall {}

    /** Every metric. */
    record GetMetrics(@Nullable Duration timeout) implements AgentCall {}

    /**
     * The containers of executors and tasks.
     *
     * @param nested those of tasks under built-in executors, too
     */
    record GetContainers(boolean nested) implements AgentCall {}

    /** What is in a directory of those that an agent shows. */
    record ListFiles(String path) implements AgentCall {}

    /**
     * Part of a file of those that an agent shows.
     *
     * @param length null for as much as one answer may hold
     */
    record ReadFile(String path, long offset, @Nullable Long length) implements AgentCall {}

    /** A call of the table that this version does not perform yet; answered clearly, never silently. */
    record NotSupported(String type) implements AgentCall {}

    /** The type UNKNOWN, sent explicitly: 501. */
    record Unknown() implements AgentCall {}
}
