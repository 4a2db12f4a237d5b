package org.mesolith.agent.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.Opaque;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/** All of a run that survives the agent process. */
public record RunRecord(RunId id, Uuid container, Order order, Progress progress) {
    /**
     * The order that made the run; never changes.
     *
     * @param agent the agent's id at that time
     * @param user default user of the framework
     * @param framework the whole {@code mesos.v1.FrameworkInfo}; empty for a run that was only asked for
     * @param taskInfo the whole {@code mesos.v1.TaskInfo}; empty likewise
     */
    public record Order(AgentId agent, String user, Opaque framework, Opaque taskInfo, Instant at) {}

    /**
     * What became of it so far.
     *
     * @param phase where the run stands
     * @param process the supervisor, null until it was seen
     * @param wanted false when nobody wants updates any more
     * @param updates every update made so far
     * @param acknowledged how many of them, from the first on, were acknowledged
     */
    public record Progress(
            TaskLifecycle.Phase phase,
            @Nullable ProcessMark process,
            @Nullable KillOrder kill,
            boolean wanted,
            List<Update> updates,
            int acknowledged) {
        public Progress {
            updates = List.copyOf(updates);
        }
    }

    /** One update; its uuid follows from the container and its place in the list. */
    public record Update(
            TaskState state, StatusSource source, @Nullable StatusReason reason, String message, Instant at) {}
}
