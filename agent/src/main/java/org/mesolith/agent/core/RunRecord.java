package org.mesolith.agent.core;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
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
     * @param taskInfo the whole {@code mesos.v1.TaskInfo}; empty likewise; of an executor its
     *     {@code mesos.v1.ExecutorInfo}
     * @param under what runs the task; null for a command task and for an executor
     */
    public record Order(
            AgentId agent,
            String user,
            Opaque framework,
            Opaque taskInfo,
            Instant at,
            @Nullable Under under) {
        /** Of a command task, or an executor. */
        public Order(AgentId agent, String user, Opaque framework, Opaque taskInfo, Instant at) {
            this(agent, user, framework, taskInfo, at, null);
        }
    }

    /**
     * The executor that a task runs under.
     *
     * @param container of the executor
     * @param group the group that the task was launched with; null for one that was launched by itself
     */
    public record Under(
            RunId executor, Uuid container, @Nullable Group group) {
        /** Of a task that was launched by itself. */
        public Under(RunId executor, Uuid container) {
            this(executor, container, null);
        }
    }

    /**
     * The group of a task. With the place of the launch it names the group for ever.
     *
     * @param number tells groups that were launched at one place from each other, from 1
     * @param builtIn whether the executor is the agent's own: then the task has a process of its own
     */
    public record Group(int number, boolean builtIn) {}

    /**
     * What only the sender of an update knew.
     *
     * @param uuid the sender's own name of it
     * @param rest {@code mesos.v1.TaskStatus} with what is not read
     * @param data the framework's own bytes, null when there are none, or no longer. Of the end of an executor: how its
     *     process ended
     */
    public record Said(Uuid uuid, Opaque rest, byte @Nullable [] data) {}

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

        /**
         * Whether all that has happened since that progress is that its last updates were acknowledged: none waits to
         * be sent. Who forgets that sends the last update once more; who forgets that another one waited behind those
         * that were acknowledged would send old ones after newer ones.
         */
        public boolean onlyAcknowledges(Progress before) {
            return acknowledged == dropped + updates.size()
                    && phase == before.phase
                    && Objects.equals(process, before.process)
                    && Objects.equals(kill, before.kill)
                    && wanted == before.wanted
                    && watched.equals(before.watched)
                    && dropped >= before.dropped
                    && dropped + updates.size() == before.dropped + before.updates.size()
                    && (updates.isEmpty() || updates.getLast().isSameAs(before.updates.getLast()));
        }

        /** The same without the frameworks' own bytes, for {@link #onlyAcknowledges}. */
        public Progress withoutData() {
            return new Progress(
                    phase,
                    process,
                    kill,
                    wanted,
                    updates.stream().map(Update::withoutData).toList(),
                    acknowledged,
                    dropped,
                    watched);
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
     * @param said null for an update of the agent's own
     */
    public record Update(
            TaskState state,
            StatusSource source,
            @Nullable StatusReason reason,
            String message,
            Instant at,
            @Nullable Boolean healthy,
            @Nullable CheckStatus check,
            @Nullable Said said) {
        /** One of the agent's own. */
        public Update(
                TaskState state,
                StatusSource source,
                @Nullable StatusReason reason,
                String message,
                Instant at,
                @Nullable Boolean healthy,
                @Nullable CheckStatus check) {
            this(state, source, reason, message, at, healthy, check, null);
        }

        /** One that tells nothing of checks. */
        public Update(TaskState state, StatusSource source, @Nullable StatusReason reason, String message, Instant at) {
            this(state, source, reason, message, at, null, null);
        }

        /** The same with what only its sender knew. */
        public Update saying(Said words) {
            return new Update(state, source, reason, message, at, healthy, check, words);
        }

        /** Whether it is that one, whether or not the framework has fetched its bytes. */
        boolean isSameAs(Update other) {
            return withoutData().equals(other.withoutData());
        }

        /** The same without the framework's own bytes: the framework has them. */
        Update withoutData() {
            return said == null || said.data() == null
                    ? this
                    : new Update(
                            state,
                            source,
                            reason,
                            message,
                            at,
                            healthy,
                            check,
                            new Said(said.uuid(), said.rest(), null));
        }

        /** The same, which tells also what checks have told. */
        Update with(Watched watched) {
            return said == null
                    ? new Update(state, source, reason, message, at, watched.healthy(), watched.check())
                    : this;
        }
    }
}
