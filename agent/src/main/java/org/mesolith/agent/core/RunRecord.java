package org.mesolith.agent.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
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
     * @param updates every update made so far, but for those that were dropped behind the first TASK_RUNNING
     * @param acknowledged how many, from the first on, were acknowledged, dropped ones included
     * @param dropped how many were dropped; all of them were acknowledged
     * @param watched what its checks have told
     */
    public record Progress(
            TaskLifecycle.Phase phase,
            @Nullable ProcessMark process,
            @Nullable KillOrder kill,
            boolean wanted,
            List<Update> updates,
            int acknowledged,
            int dropped,
            Watched watched) {
        public Progress {
            updates = List.copyOf(updates);
        }

        /** A run that nobody looked at. */
        public Progress(
                TaskLifecycle.Phase phase,
                @Nullable ProcessMark process,
                @Nullable KillOrder kill,
                boolean wanted,
                List<Update> updates,
                int acknowledged) {
            this(phase, process, kill, wanted, updates, acknowledged, 0, Watched.NOTHING);
        }
    }

    /**
     * What the checks of a run have told.
     *
     * @param succeeded whether the health check ever succeeded: then its grace is over
     * @param failures of the health check in a row
     * @param healthy what was told last, null before
     * @param check what the check saw last; null for a task without one
     */
    public record Watched(
            boolean succeeded,
            long failures,
            @Nullable Boolean healthy,
            @Nullable CheckStatus check) {
        /** Nothing yet. */
        public static final Watched NOTHING = new Watched(false, 0, null, null);

        Watched withCheck(CheckStatus seen) {
            return new Watched(succeeded, failures, healthy, seen);
        }
    }

    /**
     * One update; its uuid follows from the container and how many were made before it.
     *
     * @param healthy null when nobody has told
     * @param check null for a task without check
     */
    public record Update(
            TaskState state,
            StatusSource source,
            @Nullable StatusReason reason,
            String message,
            Instant at,
            @Nullable Boolean healthy,
            @Nullable CheckStatus check) {
        /** One that tells nothing of checks. */
        public Update(TaskState state, StatusSource source, @Nullable StatusReason reason, String message, Instant at) {
            this(state, source, reason, message, at, null, null);
        }

        /** The same, which tells also what checks have told. */
        Update with(Watched watched) {
            return new Update(state, source, reason, message, at, watched.healthy(), watched.check());
        }
    }
}
