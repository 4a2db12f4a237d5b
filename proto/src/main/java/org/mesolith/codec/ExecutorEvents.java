package org.mesolith.codec;

import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.codec.v1.ValueCodec;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.TaskId;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.executor.Event;

/** Executor events as protobuf, both ways. */
final class ExecutorEvents {
    private ExecutorEvents() {}

    static Event write(ExecutorEvent event) {
        var to = Event.newBuilder();
        switch (event) {
            case ExecutorEvent.Subscribed subscribed -> {
                var body = to.setType(Event.Type.SUBSCRIBED).getSubscribedBuilder();
                body.setExecutorInfo(Opaques.read(ExecutorInfo.getDefaultInstance(), subscribed.executor()))
                        .setFrameworkInfo(Opaques.read(FrameworkInfo.getDefaultInstance(), subscribed.framework()))
                        .setAgentInfo(ViewWriter.info(subscribed.agent(), subscribed.info()));
                body.getContainerIdBuilder().setValue(subscribed.container().toString());
            }
            case ExecutorEvent.Launch(var task) ->
                to.setType(Event.Type.LAUNCH)
                        .getLaunchBuilder()
                        .setTask(Opaques.read(TaskInfo.getDefaultInstance(), task));
            case ExecutorEvent.LaunchGroup(var tasks) -> {
                var group = to.setType(Event.Type.LAUNCH_GROUP)
                        .getLaunchGroupBuilder()
                        .getTaskGroupBuilder();
                tasks.forEach(task -> group.addTasks(Opaques.read(TaskInfo.getDefaultInstance(), task)));
            }
            case ExecutorEvent.Kill(var task, var grace) -> {
                var body = to.setType(Event.Type.KILL).getKillBuilder();
                body.getTaskIdBuilder().setValue(task.value());
                if (grace != null) {
                    body.getKillPolicyBuilder().setGracePeriod(Times.info(grace));
                }
            }
            case ExecutorEvent.Acknowledged(var task, var uuid) -> {
                var body = to.setType(Event.Type.ACKNOWLEDGED).getAcknowledgedBuilder();
                body.getTaskIdBuilder().setValue(task.value());
                body.setUuid(StatusCodec.bytes(uuid));
            }
            case ExecutorEvent.Message(var data) ->
                to.setType(Event.Type.MESSAGE).getMessageBuilder().setData(UnsafeByteOperations.unsafeWrap(data));
            case ExecutorEvent.Shutdown _ -> to.setType(Event.Type.SHUTDOWN);
            case ExecutorEvent.Failed(var message) ->
                to.setType(Event.Type.ERROR).getErrorBuilder().setMessage(message);
            case ExecutorEvent.Heartbeat _ -> to.setType(Event.Type.HEARTBEAT);
        }
        return to.buildPartial();
    }

    static @Nullable ExecutorEvent read(Event from, ShapeErrors errors) {
        return switch (from.getType()) {
            case SUBSCRIBED -> subscribed(from.getSubscribed(), errors);
            case LAUNCH -> new ExecutorEvent.Launch(Opaques.of(from.getLaunch().getTask()));
            case LAUNCH_GROUP ->
                new ExecutorEvent.LaunchGroup(from.getLaunchGroup().getTaskGroup().getTasksList().stream()
                        .map(Opaques::of)
                        .toList());
            case KILL -> {
                var policy = from.getKill().getKillPolicy();
                yield new ExecutorEvent.Kill(
                        new TaskId(from.getKill().getTaskId().getValue()),
                        policy.hasGracePeriod() ? Times.duration(policy.getGracePeriod()) : null);
            }
            case ACKNOWLEDGED -> {
                var body = from.getAcknowledged();
                var uuid = StatusCodec.uuid(
                        body.getUuid(), Path.ROOT.field("acknowledged").field("uuid"), errors);
                yield uuid == null
                        ? null
                        : new ExecutorEvent.Acknowledged(
                                new TaskId(body.getTaskId().getValue()), uuid);
            }
            case MESSAGE ->
                new ExecutorEvent.Message(from.getMessage().getData().toByteArray());
            case SHUTDOWN -> new ExecutorEvent.Shutdown();
            case ERROR -> new ExecutorEvent.Failed(from.getError().getMessage());
            case HEARTBEAT -> new ExecutorEvent.Heartbeat();
            case UNKNOWN -> {
                errors.add(Path.ROOT.field("type"), "is an event that this version does not know");
                yield null;
            }
        };
    }

    /** Of the agent what executors are told of it: the rest is not in the message. */
    private static @Nullable ExecutorEvent subscribed(Event.Subscribed from, ShapeErrors errors) {
        var at = Path.ROOT.field("subscribed");
        var agent = from.getAgentInfo();
        var container = uuid(from.getContainerId().getValue());
        if (container == null) {
            errors.add(at.field("container_id"), "is no uuid");
            return null;
        }
        var info = new AgentInfo(
                agent.getHostname(),
                agent.getPort(),
                ResourceCodec.decode(
                        agent.getResourcesList(), at.field("agent_info").field("resources"), errors),
                ValueCodec.attributes(
                        agent.getAttributesList(), at.field("agent_info").field("attributes"), errors),
                agent.hasDomain() ? Infos.domain(agent.getDomain()) : null,
                List.of(),
                "");
        return new ExecutorEvent.Subscribed(
                Opaques.of(from.getExecutorInfo()),
                Opaques.of(from.getFrameworkInfo()),
                new AgentId(agent.getId().getValue()),
                info,
                container);
    }

    private static @Nullable Uuid uuid(String text) {
        try {
            var uuid = UUID.fromString(text);
            return new Uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
