package org.mesolith.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** What masters and agents say to each other over the link. */
public sealed interface LinkMessage {
    /**
     * Where masters answer agents: a path of their HTTP door, upgraded to a link. A master that does not lead: 307 or
     * 503.
     */
    String PATH = "/link";

    /** From an agent. */
    sealed interface FromAgent extends LinkMessage {}

    /** From the leading master; an order among them carries the fence and is refused when it is an older leader's. */
    sealed interface FromMaster extends LinkMessage {
        Fence fence();
    }

    /**
     * What one side of a link is. Each tells the other in its first message, and neither says what the other's level
     * does not know: so agents of the version before work with the masters of this one, and the other way.
     *
     * @param level of the messages; 1 of a peer that does not tell
     * @param version of the software; empty when it does not tell
     */
    record Software(int level, String version) {
        /** Of a peer that does not tell. */
        public static final Software FIRST = new Software(1, "");

        /** Agents tell their version and their clock. */
        public static final int CLOCKS = 2;

        /** Executors are launched, listed and ended. */
        public static final int EXECUTORS = 3;

        /** Agents tell how much may be lent that can be taken back at any time. */
        public static final int OVERSUBSCRIPTION = 4;

        /** Of this software. */
        public static final Software OURS = new Software(OVERSUBSCRIPTION, "0.1.0");
    }

    /**
     * First frame of a link.
     *
     * @param known the id from the agent's checkpoint, null on the first start
     * @param newest the newest fence that the agent obeyed, null on the first start: tells a master that it is stale
     * @param digest fingerprint of the agent's tasks ({@link TaskDigest}); the list is asked for only if it differs
     * @param reserved dynamic reservations and volumes in the agent's checkpoint
     * @param software of the agent
     */
    record Join(
            @Nullable AgentId known,
            AgentInfo info,
            @Nullable Fence newest,
            long digest,
            int tasks,
            Resources reserved,
            Software software)
            implements FromAgent {
        /** Of an agent of the first level, without reservations. */
        public Join(@Nullable AgentId known, AgentInfo info, @Nullable Fence newest, long digest, int tasks) {
            this(known, info, newest, digest, tasks, Resources.EMPTY);
        }

        /** Of an agent of the first level. */
        public Join(
                @Nullable AgentId known,
                AgentInfo info,
                @Nullable Fence newest,
                long digest,
                int tasks,
                Resources reserved) {
            this(known, info, newest, digest, tasks, reserved, Software.FIRST);
        }
    }

    /** Every task the agent has, as asked for by {@link SendTasks}. */
    record Tasks(List<AgentTask> tasks) implements FromAgent {
        public Tasks {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * I am here.
     *
     * @param clockMillis the agent's clock, since 1970; 0 when it is not told, as to masters below level 2
     */
    record AgentHeartbeat(long clockMillis) implements FromAgent {
        /** Of an agent of the first level. */
        public AgentHeartbeat() {
            this(0);
        }
    }

    /** Updates in order per task; each is sent again until acknowledged. */
    record Statuses(List<Status> updates) implements FromAgent {
        public Statuses {
            updates = List.copyOf(updates);
        }

        /**
         * One update.
         *
         * @param latest the task's latest state, which may be newer than this update
         * @param data the framework's own bytes, null when there are none
         */
        public record Status(
                FrameworkId framework,
                Position launchedAt,
                TaskStatus status,
                org.mesolith.model.TaskState latest,
                byte @Nullable [] data) {}
    }

    /**
     * Every executor that the agent has, told to masters of level 3 when they have welcomed it: what they have beside
     * these is over.
     */
    record Executors(List<ExecutorRun> runs) implements FromAgent {
        public Executors {
            runs = List.copyOf(runs);
        }
    }

    /**
     * An executor is over, its tasks too; told again until acknowledged.
     *
     * @param status as {@code waitpid} gives it: the exit status times 256, or the signal; -1 when nobody knows
     * @param message why, in words
     */
    record ExecutorEnded(ExecutorRun run, int status, String message) implements FromAgent {}

    /** Bytes from an executor for its framework; may get lost. */
    record ExecutorSaid(FrameworkId framework, ExecutorId executor, byte[] data) implements FromAgent {}

    /**
     * What the agent lends on top of what it has, told to masters of level 4 whenever it changes: it replaces what the
     * agent told before, also in {@link Join}.
     *
     * @param total what is in use and what is estimated to be free, all of it revocable
     */
    record Oversubscribed(Resources total) implements FromAgent {}

    /**
     * One run of an executor.
     *
     * @param launchedAt place in the log of the launch that asked for it first
     */
    record ExecutorRun(FrameworkId framework, ExecutorId executor, Position launchedAt) {}

    /** The agent leaves for good (SIGUSR1): its tasks are lost. */
    record Leave() implements FromAgent {}

    /** The agent obeyed none of this order: it came from an older leader, or from another cluster. */
    record RefusedOrder(Fence order, Fence newest, Fence.Verdict verdict) implements FromAgent {}

    /**
     * The agent is registered under this id.
     *
     * @param heartbeat how often each side speaks
     * @param masters host:port of every master of the cluster; empty when the leader does not know them
     * @param level of the link's messages that the master knows
     */
    record Welcome(Fence fence, AgentId id, Duration heartbeat, List<String> masters, int level) implements FromMaster {
        public Welcome {
            masters = List.copyOf(masters);
        }

        /** Of a leader of the first level that does not know the other masters. */
        public Welcome(Fence fence, AgentId id, Duration heartbeat) {
            this(fence, id, heartbeat, List.of(), Software.FIRST.level());
        }
    }

    /**
     * The agent may not join.
     *
     * @param forGood true when the agent must end its tasks and itself (gone); else it tries again
     */
    record Refuse(Fence fence, String why, boolean forGood) implements FromMaster {}

    /** The digests differ: send the list. */
    record SendTasks(Fence fence) implements FromMaster {}

    /**
     * I am here.
     *
     * @param masters as in {@link Welcome}, when they have changed; else empty
     */
    record MasterHeartbeat(Fence fence, List<String> masters) implements FromMaster {
        public MasterHeartbeat {
            masters = List.copyOf(masters);
        }

        /** Without news. */
        public MasterHeartbeat(Fence fence) {
            this(fence, List.of());
        }
    }

    /**
     * Start this task, unless it was started before (same key and place).
     *
     * @param framework the whole {@code mesos.v1.FrameworkInfo}
     * @param user default user of the framework
     * @param taskInfo the whole {@code mesos.v1.TaskInfo}
     * @param under the executor that it runs under; null for a command task. Only for agents of level 3
     */
    record Launch(
            Fence fence,
            TaskKey key,
            Position launchedAt,
            String user,
            Resources resources,
            Opaque framework,
            Opaque taskInfo,
            @Nullable Under under)
            implements FromMaster {
        /** Of a command task. */
        public Launch(
                Fence fence,
                TaskKey key,
                Position launchedAt,
                String user,
                Resources resources,
                Opaque framework,
                Opaque taskInfo) {
            this(fence, key, launchedAt, user, resources, framework, taskInfo, null);
        }

        /**
         * The executor of a task.
         *
         * @param launchedAt names its run; null when that is over, so that the task cannot run any more
         */
        public record Under(ExecutorId executor, @Nullable Position launchedAt) {}
    }

    /**
     * Start these tasks under one executor, all or none, unless they were started before (same keys and place). Only
     * for agents of level 3.
     *
     * @param number tells groups that were launched at one place from each other, from 1
     * @param info the whole {@code mesos.v1.FrameworkInfo}
     * @param user default user of the framework
     */
    record LaunchGroup(
            Fence fence,
            FrameworkId framework,
            Position launchedAt,
            int number,
            String user,
            Opaque info,
            Launch.Under under,
            List<Member> tasks)
            implements FromMaster {
        public LaunchGroup {
            tasks = List.copyOf(tasks);
        }

        /**
         * One task of the group.
         *
         * @param taskInfo the whole {@code mesos.v1.TaskInfo}; it names the executor
         */
        public record Member(TaskId task, Resources resources, Opaque taskInfo) {}
    }

    /** End this executor: tell it to, and kill it after its grace. */
    record ShutdownExecutor(Fence fence, FrameworkId framework, ExecutorId executor) implements FromMaster {}

    /** Bytes for an executor from its framework; may get lost. */
    record TellExecutor(Fence fence, FrameworkId framework, ExecutorId executor, byte[] data) implements FromMaster {}

    /** The end of this executor is known; forget it. */
    record AcknowledgeExecutor(Fence fence, ExecutorRun run) implements FromMaster {}

    /**
     * End this task.
     *
     * @param grace time between TERM and KILL, null for the task's own
     */
    record Kill(Fence fence, TaskKey key, @Nullable Duration grace) implements FromMaster {}

    /** The framework has this update; send the next. */
    record AcknowledgeStatus(Fence fence, TaskKey key, Uuid uuid) implements FromMaster {}

    /** End all tasks of this framework; no updates are wanted. */
    record ShutdownFramework(Fence fence, FrameworkId framework) implements FromMaster {}

    /** The masters believe that these tasks are on the agent and it did not list them: report those unknown as lost. */
    record CheckTasks(Fence fence, List<TaskRun> runs) implements FromMaster {
        public CheckTasks {
            runs = List.copyOf(runs);
        }

        /** One run of a task. */
        public record TaskRun(FrameworkId framework, TaskId task, Position launchedAt) {}
    }

    /**
     * These, and no others, are the agent's dynamic reservations and volumes: write them down, wipe volumes that are no
     * more.
     */
    record SetReserved(Fence fence, Resources reserved) implements FromMaster {}

    /**
     * The agent is emptied: end every task on it.
     *
     * @param maxGrace caps the time between TERM and KILL, null for each task's own
     * @param markGone the agent is gone when it is empty
     */
    record Drain(Fence fence, @Nullable Duration maxGrace, boolean markGone) implements FromMaster {}

    /** The leader steps down or stops: look for the next one at once. */
    record GoingAway(Fence fence) implements FromMaster {}
}
