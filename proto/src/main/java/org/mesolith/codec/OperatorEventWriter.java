package org.mesolith.codec;

import org.mesolith.api.OperatorEvent;
import org.mesolith.codec.v1.FrameworkCodec;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.proto.gen.v1.master.Event;

/** Operator events as protobuf. */
final class OperatorEventWriter {
    private OperatorEventWriter() {}

    static Event write(OperatorEvent event) {
        var to = Event.newBuilder();
        switch (event) {
            case OperatorEvent.Subscribed(var state, var heartbeat) ->
                to.setType(Event.Type.SUBSCRIBED)
                        .getSubscribedBuilder()
                        .setGetState(OperatorReplyWriter.state(state))
                        .setHeartbeatIntervalSeconds(Times.seconds(heartbeat));
            case OperatorEvent.Heartbeat _ -> to.setType(Event.Type.HEARTBEAT);
            case OperatorEvent.TaskAdded(var task) ->
                to.setType(Event.Type.TASK_ADDED).getTaskAddedBuilder().setTask(ViewWriter.task(task));
            case OperatorEvent.TaskUpdated(var task, var status, var state) -> {
                var body = to.setType(Event.Type.TASK_UPDATED).getTaskUpdatedBuilder();
                body.getFrameworkIdBuilder().setValue(task.framework().value());
                body.setStatus(StatusCodec.encode(status, null)).setState(StatusCodec.state(state));
            }
            case OperatorEvent.AgentAdded(var agent) ->
                to.setType(Event.Type.AGENT_ADDED).getAgentAddedBuilder().setAgent(ViewWriter.agent(agent));
            case OperatorEvent.AgentRemoved(var agent) ->
                to.setType(Event.Type.AGENT_REMOVED)
                        .getAgentRemovedBuilder()
                        .getAgentIdBuilder()
                        .setValue(agent.value());
            case OperatorEvent.FrameworkAdded(var framework) ->
                to.setType(Event.Type.FRAMEWORK_ADDED)
                        .getFrameworkAddedBuilder()
                        .setFramework(ViewWriter.framework(framework));
            case OperatorEvent.FrameworkUpdated(var framework) ->
                to.setType(Event.Type.FRAMEWORK_UPDATED)
                        .getFrameworkUpdatedBuilder()
                        .setFramework(ViewWriter.framework(framework));
            case OperatorEvent.FrameworkRemoved(var framework) ->
                to.setType(Event.Type.FRAMEWORK_REMOVED)
                        .getFrameworkRemovedBuilder()
                        .setFrameworkInfo(FrameworkCodec.encode(framework));
        }
        return to.build();
    }
}
