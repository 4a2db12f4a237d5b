package org.mesolith.codec;

import com.google.protobuf.UnsafeByteOperations;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.codec.v1.ValueCodec;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentInfo;
import org.mesolith.proto.gen.link.CheckTasks;
import org.mesolith.proto.gen.link.FromAgent;
import org.mesolith.proto.gen.link.FromMaster;
import org.mesolith.proto.gen.link.GoingAway;
import org.mesolith.proto.gen.link.Heartbeat;
import org.mesolith.proto.gen.link.Join;
import org.mesolith.proto.gen.link.Kill;
import org.mesolith.proto.gen.link.Launch;
import org.mesolith.proto.gen.link.LaunchGroup;
import org.mesolith.proto.gen.link.Leave;
import org.mesolith.proto.gen.link.RefusedOrder;
import org.mesolith.proto.gen.link.SendTasks;
import org.mesolith.proto.gen.link.Tasks;

/** Link messages as protobuf. */
final class LinkWriter {
    private LinkWriter() {}

    static FromAgent write(LinkMessage.FromAgent message) {
        var to = FromAgent.newBuilder();
        switch (message) {
            case LinkMessage.Join join -> to.setJoin(join(join));
            case LinkMessage.Tasks(var tasks) -> {
                var list = to.getTasksBuilder();
                tasks.forEach(task -> list.addTasks(task(task)));
            }
            case LinkMessage.AgentHeartbeat(long clockMillis) ->
                to.setHeartbeat(Heartbeat.newBuilder().setClockMillis(clockMillis));
            case LinkMessage.Statuses(var updates) -> {
                var list = to.getStatusesBuilder();
                updates.forEach(update -> list.addUpdates(status(update)));
            }
            case LinkMessage.Leave _ -> to.setLeave(Leave.getDefaultInstance());
            case LinkMessage.Executors(var runs) -> {
                var list = to.getExecutorsBuilder();
                runs.forEach(run -> list.addRuns(executor(run)));
            }
            case LinkMessage.ExecutorEnded(var run, var status, var text) ->
                to.getExecutorEndedBuilder()
                        .setRun(executor(run))
                        .setStatus(status)
                        .setMessage(text);
            case LinkMessage.ExecutorSaid said ->
                to.getExecutorSaidBuilder()
                        .setFramework(said.framework().value())
                        .setExecutor(said.executor().value())
                        .setData(UnsafeByteOperations.unsafeWrap(said.data()));
            case LinkMessage.Oversubscribed(var total) ->
                to.getOversubscribedBuilder().addAllTotal(ResourceCodec.encode(total, ResourceForm.OURS));
            case LinkMessage.RefusedOrder(var order, var newest, var verdict) ->
                to.getRefusedOrderBuilder()
                        .setOrder(fence(order))
                        .setNewest(fence(newest))
                        .setVerdict(
                                switch (verdict) {
                                    case CURRENT -> RefusedOrder.Verdict.CURRENT;
                                    case STALE -> RefusedOrder.Verdict.STALE;
                                    case OTHER_CLUSTER -> RefusedOrder.Verdict.OTHER_CLUSTER;
                                    case OTHER_EPOCH -> RefusedOrder.Verdict.OTHER_EPOCH;
                                });
        }
        return to.build();
    }

    private static Join join(LinkMessage.Join from) {
        var to = Join.newBuilder()
                .setInfo(info(from.info()))
                .setDigest(from.digest())
                .setTasks(from.tasks())
                .addAllReserved(ResourceCodec.encode(from.reserved(), ResourceForm.OURS))
                .setLevel(from.software().level())
                .setSoftware(from.software().version());
        if (from.known() != null) {
            to.setKnown(from.known().value());
        }
        if (from.newest() != null) {
            to.setNewest(fence(from.newest()));
        }
        return to.build();
    }

    private static org.mesolith.proto.gen.link.AgentInfo info(AgentInfo from) {
        var to = org.mesolith.proto.gen.link.AgentInfo.newBuilder()
                .setHostname(from.hostname())
                .setPort(from.port())
                .addAllResources(ResourceCodec.encode(from.resources(), ResourceForm.OURS))
                .addAllAttributes(ValueCodec.attributes(from.attributes()))
                .addAllCapabilities(from.capabilities().stream()
                        .map(AgentCapability::number)
                        .toList())
                .setVersion(from.version());
        if (from.domain() != null) {
            to.setDomain(Infos.domain(from.domain()));
        }
        return to.build();
    }

    private static Tasks.Task task(AgentTask from) {
        var to = Tasks.Task.newBuilder()
                .setKey(key(from.key()))
                .setLaunchedAt(position(from.launchedAt()))
                .setState(from.state().number())
                .setEndsNext(from.endsNext());
        if (from.head() != null) {
            to.setHead(StatusCodec.bytes(from.head()));
        }
        return to.build();
    }

    private static org.mesolith.proto.gen.link.Statuses.Status status(LinkMessage.Statuses.Status from) {
        return org.mesolith.proto.gen.link.Statuses.Status.newBuilder()
                .setFramework(from.framework().value())
                .setLaunchedAt(position(from.launchedAt()))
                .setStatus(StatusCodec.encode(from.status(), from.data()).clearTimestamp())
                .setTimestamp(Times.stamp(from.status().timestamp()))
                .setLatest(from.latest().number())
                .build();
    }

    static FromMaster write(LinkMessage.FromMaster message) {
        var to = FromMaster.newBuilder().setFence(fence(message.fence()));
        switch (message) {
            case LinkMessage.Welcome welcome ->
                to.getWelcomeBuilder()
                        .setId(welcome.id().value())
                        .setHeartbeat(Times.wire(welcome.heartbeat()))
                        .addAllMasters(welcome.masters())
                        .setLevel(welcome.level());
            case LinkMessage.Refuse refuse ->
                to.getRefuseBuilder().setWhy(refuse.why()).setForGood(refuse.forGood());
            case LinkMessage.SendTasks _ -> to.setSendTasks(SendTasks.getDefaultInstance());
            case LinkMessage.MasterHeartbeat heartbeat ->
                to.getHeartbeatBuilder().addAllMasters(heartbeat.masters());
            case LinkMessage.Launch launch -> to.setLaunch(launch(launch));
            case LinkMessage.LaunchGroup group -> to.setLaunchGroup(group(group));
            case LinkMessage.Kill kill -> to.setKill(kill(kill));
            case LinkMessage.AcknowledgeStatus acknowledge ->
                to.getAcknowledgeStatusBuilder()
                        .setKey(key(acknowledge.key()))
                        .setUuid(StatusCodec.bytes(acknowledge.uuid()));
            case LinkMessage.ShutdownFramework shutdown ->
                to.getShutdownFrameworkBuilder()
                        .setFramework(shutdown.framework().value());
            case LinkMessage.CheckTasks check -> to.setCheckTasks(check(check));
            case LinkMessage.ShutdownExecutor shutdown ->
                to.getShutdownExecutorBuilder()
                        .setFramework(shutdown.framework().value())
                        .setExecutor(shutdown.executor().value());
            case LinkMessage.TellExecutor tell ->
                to.getTellExecutorBuilder()
                        .setFramework(tell.framework().value())
                        .setExecutor(tell.executor().value())
                        .setData(UnsafeByteOperations.unsafeWrap(tell.data()));
            case LinkMessage.AcknowledgeExecutor acknowledge ->
                to.getAcknowledgeExecutorBuilder().setRun(executor(acknowledge.run()));
            case LinkMessage.GoingAway _ -> to.setGoingAway(GoingAway.getDefaultInstance());
            case LinkMessage.SetReserved(var _, var reserved) ->
                to.getSetReservedBuilder().addAllReserved(ResourceCodec.encode(reserved, ResourceForm.OURS));
            case LinkMessage.Drain drain -> {
                var written = to.getDrainBuilder().setMarkGone(drain.markGone());
                if (drain.maxGrace() != null) {
                    written.setMaxGrace(Times.wire(drain.maxGrace()));
                }
            }
        }
        return to.build();
    }

    private static Kill kill(LinkMessage.Kill from) {
        var to = Kill.newBuilder().setKey(key(from.key()));
        if (from.grace() != null) {
            to.setGrace(Times.wire(from.grace()));
        }
        return to.build();
    }

    private static CheckTasks check(LinkMessage.CheckTasks from) {
        var to = CheckTasks.newBuilder();
        for (var run : from.runs()) {
            to.addRunsBuilder()
                    .setFramework(run.framework().value())
                    .setTask(run.task().value())
                    .setLaunchedAt(position(run.launchedAt()));
        }
        return to.build();
    }

    private static Launch launch(LinkMessage.Launch from) {
        var to = Launch.newBuilder()
                .setKey(key(from.key()))
                .setLaunchedAt(position(from.launchedAt()))
                .setUser(from.user())
                .addAllResources(ResourceCodec.encode(from.resources(), ResourceForm.OURS))
                .setFramework(opaque(from.framework()))
                .setTaskInfo(opaque(from.taskInfo()));
        var under = from.under();
        if (under != null) {
            to.setUnder(under(under));
        }
        return to.build();
    }

    private static LaunchGroup group(LinkMessage.LaunchGroup from) {
        var to = LaunchGroup.newBuilder()
                .setFrameworkId(from.framework().value())
                .setLaunchedAt(position(from.launchedAt()))
                .setNumber(from.number())
                .setUser(from.user())
                .setFramework(opaque(from.info()))
                .setUnder(under(from.under()));
        for (var task : from.tasks()) {
            to.addTasksBuilder()
                    .setTask(task.task().value())
                    .addAllResources(ResourceCodec.encode(task.resources(), ResourceForm.OURS))
                    .setTaskInfo(opaque(task.taskInfo()));
        }
        return to.build();
    }

    private static Launch.Under under(LinkMessage.Launch.Under from) {
        var to = Launch.Under.newBuilder().setExecutor(from.executor().value());
        if (from.launchedAt() != null) {
            to.setLaunchedAt(position(from.launchedAt()));
        }
        return to.build();
    }

    private static org.mesolith.proto.gen.link.ExecutorRun executor(LinkMessage.ExecutorRun from) {
        return org.mesolith.proto.gen.link.ExecutorRun.newBuilder()
                .setFramework(from.framework().value())
                .setExecutor(from.executor().value())
                .setLaunchedAt(position(from.launchedAt()))
                .build();
    }

    private static org.mesolith.proto.gen.link.Opaque opaque(org.mesolith.model.Opaque from) {
        return org.mesolith.proto.gen.link.Opaque.newBuilder()
                .setSchema(from.schema())
                .setBytes(UnsafeByteOperations.unsafeWrap(from.bytes()))
                .build();
    }

    private static org.mesolith.proto.gen.link.Fence fence(org.mesolith.model.Fence from) {
        return org.mesolith.proto.gen.link.Fence.newBuilder()
                .setClusterId(from.clusterId())
                .setEpoch(from.epoch())
                .setEpochId(from.epochId())
                .setTerm(from.term())
                .build();
    }

    private static org.mesolith.proto.gen.link.Position position(org.mesolith.model.Position from) {
        return org.mesolith.proto.gen.link.Position.newBuilder()
                .setIndex(from.index())
                .setOrdinal(from.ordinal())
                .build();
    }

    private static org.mesolith.proto.gen.link.TaskKey key(org.mesolith.model.TaskKey from) {
        return org.mesolith.proto.gen.link.TaskKey.newBuilder()
                .setFramework(from.framework().value())
                .setTask(from.task().value())
                .build();
    }
}
