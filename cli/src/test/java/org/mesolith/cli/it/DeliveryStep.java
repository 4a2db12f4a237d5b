package org.mesolith.cli.it;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a launch and of one update, in their order, and where the code takes them. Steps of executor and
 * framework are taken by the programs of the trial, which say so themselves.
 */
@SuppressWarnings("ImmutableEnumChecker") // A place is a record of texts.
public enum DeliveryStep {
    /** The leader has read the call and done nothing yet. */
    ACCEPT_RECEIVED(
            Side.LEADER,
            HookPlace.entry("org.mesolith.http.SchedulerDoor", "called", 1, "org.mesolith.api.SchedulerRequest"),
            "Accept[",
            Hold.TASK),
    /** The leader counts with the launch; the command is about to enter the log. */
    PROPOSED(
            Side.LEADER,
            HookPlace.entry("org.mesolith.raft.RatisLog", "submit", 0, "org.mesolith.raft.Pack"),
            Hold.TASK),
    /** A majority has the launch and the leader has applied it; the agent was told nothing. */
    COMMITTED(
            Side.LEADER,
            HookPlace.entry("org.mesolith.leader.accept.Accepts", "launch", 1, "org.mesolith.model.TaskLaunch"),
            Hold.TASK),
    /** The order is on its way to the agent. */
    SENT(
            Side.LEADER,
            HookPlace.exit("org.mesolith.agentlink.LinkDoor", "send", 1, "org.mesolith.api.LinkMessage$FromMaster"),
            "Launch[",
            Hold.TASK),
    /** The agent has the order on disk; nothing was started. */
    AGENT_CHECKPOINT(
            Side.AGENT,
            HookPlace.exit("org.mesolith.agent.checkpoint.CheckpointStore", "write", 0, "java.util.List"),
            Hold.TASK),
    /** The supervisor is on its own. */
    SUPERVISOR_STARTED(
            Side.AGENT,
            HookPlace.exit(
                    "org.mesolith.agent.container.Containers",
                    "spawnNow",
                    0,
                    "org.mesolith.agent.core.AgentEffect$Spawn"),
            Hold.EXECUTOR),
    /** The process of the executor runs; it has not spoken to the agent. */
    EXECUTOR_STARTED(Side.EXECUTOR, null),
    /** The update is on the agent's disk; the executor was not told. */
    UPDATE_STORED(
            Side.AGENT,
            HookPlace.exit("org.mesolith.agent.checkpoint.CheckpointStore", "write", 0, "java.util.List"),
            Hold.TASK,
            Hold.UPDATE),
    /** The update is on its way to the leader. */
    UPDATE_SENT(
            Side.AGENT,
            HookPlace.exit("org.mesolith.agent.link.MasterLink", "send", 0, "org.mesolith.agent.core.AgentEffect$Send"),
            "Statuses[",
            Hold.TASK,
            Hold.UPDATE),
    /** A majority has the update and the leader has applied it; the framework was told nothing. */
    UPDATE_COMMITTED(
            Side.LEADER,
            HookPlace.entry(
                    "org.mesolith.leader.task.TaskUpdates",
                    "decided",
                    1,
                    "org.mesolith.state.TaskCommand$UpdateTasks$Update"),
            Hold.TASK,
            Hold.UPDATE),
    /** The update is on its way to the framework. */
    UPDATE_FORWARDED(
            Side.LEADER,
            HookPlace.exit("org.mesolith.http.EventStreams", "send", 1, "org.mesolith.api.SchedulerEvent"),
            "Update[",
            Hold.TASK,
            Hold.UPDATE),
    /** The framework has written the update down; its acknowledgement is about to be sent. */
    FRAMEWORK_ACKNOWLEDGES(Side.FRAMEWORK, null, Hold.TASK, Hold.UPDATE),
    /** The leader passes on an acknowledgement that is not of the last update: nothing is written for it. */
    ACKNOWLEDGEMENT_PASSED(
            Side.LEADER,
            HookPlace.entry("org.mesolith.agentlink.LinkDoor", "send", 1, "org.mesolith.api.LinkMessage$FromMaster"),
            "AcknowledgeStatus[",
            Hold.TASK),
    /** A majority has the acknowledgement and the leader has applied it; the agent was told nothing. */
    ACKNOWLEDGEMENT_COMMITTED(
            Side.LEADER,
            HookPlace.entry(
                    "org.mesolith.leader.task.TaskAcks", "applied", 0, "org.mesolith.leader.event.LeaderEvent$Applied"),
            "AcknowledgeTasks[",
            Hold.TASK),
    /** The agent has on disk that the second update was acknowledged; of a command that is TASK_RUNNING. */
    ACKNOWLEDGEMENT_STORED(
            Side.AGENT,
            HookPlace.exit("org.mesolith.agent.checkpoint.CheckpointStore", "write", 0, "java.util.List"),
            Hold.TASK,
            "acknowledged=2"),
    /** The agent has taken the acknowledgement of the last update, and the run from its disk. */
    AGENT_ACKNOWLEDGED(
            Side.AGENT,
            HookPlace.exit(
                    "org.mesolith.agent.checkpoint.Checkpoints",
                    "forget",
                    0,
                    "org.mesolith.agent.core.AgentEffect$Forget"),
            Hold.TASK),
    /** The executor was told that the update is on the agent's disk. */
    EXECUTOR_ACKNOWLEDGED(Side.EXECUTOR, null);

    /** The kinds of processes that take steps. */
    public enum Side {
        LEADER,
        AGENT,
        EXECUTOR,
        FRAMEWORK
    }

    private final Side side;
    private final @Nullable HookPlace place;
    private final List<String> words;

    DeliveryStep(Side side, @Nullable HookPlace place, String... words) {
        this.side = side;
        this.place = place;
        this.words = List.of(words);
    }

    /** Who takes the step. */
    Side side() {
        return side;
    }

    /** Where, in the product; null for a step of executor or framework. */
    @Nullable
    HookPlace place() {
        return place;
    }

    /** What must be in the text of the argument for the step to be this one. */
    List<String> words() {
        return words;
    }
}
