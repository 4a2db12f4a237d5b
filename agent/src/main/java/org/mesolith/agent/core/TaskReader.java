package org.mesolith.agent.core;

import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.model.Opaque;
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
     * A {@code mesos.v1.TaskStatus} with only the status of this container, and what its check saw last.
     *
     * @param check null for a task that has none
     */
    Opaque statusRest(Uuid container, @Nullable CheckStatus check);

    /** How the reading went. */
    sealed interface Reading {
        /** This can be run. */
        record Runs(TaskSpec spec) implements Reading {}

        /** This agent cannot run it; in words for the framework. */
        record Refused(String why) implements Reading {}
    }
}
