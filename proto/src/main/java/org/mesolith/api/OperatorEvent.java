package org.mesolith.api;

import java.time.Duration;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;

/** What operators who subscribed are told (mesos.v1.master.Event). */
public sealed interface OperatorEvent {
    /** The first one: the state that the others change. */
    record Subscribed(OperatorReply.State state, Duration heartbeat) implements OperatorEvent {}

    /** Nothing has happened, and the stream lives. */
    record Heartbeat() implements OperatorEvent {}

    /** A task was launched. */
    record TaskAdded(TaskView task) implements OperatorEvent {}

    /**
     * A task went on, or its health was told.
     *
     * @param status that was told
     * @param state the newest one, which may be later than the status
     */
    record TaskUpdated(TaskKey task, TaskStatus status, TaskState state) implements OperatorEvent {}

    /** An agent has joined, or has come back. */
    record AgentAdded(AgentView agent) implements OperatorEvent {}

    /** An agent has left in order, or was taken down; not told of one that is unreachable or gone. */
    record AgentRemoved(AgentId agent) implements OperatorEvent {}

    /** A framework is new. */
    record FrameworkAdded(FrameworkView framework) implements OperatorEvent {}

    /** A framework subscribed again, or changed what it says of itself. */
    record FrameworkUpdated(FrameworkView framework) implements OperatorEvent {}

    /** A framework has ended; the info has its id. */
    record FrameworkRemoved(FrameworkInfo framework) implements OperatorEvent {}
}
