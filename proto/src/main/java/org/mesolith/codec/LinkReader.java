package org.mesolith.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.codec.v1.ValueCodec;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Lent;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.proto.gen.link.FromAgent;
import org.mesolith.proto.gen.link.FromMaster;

/** Link messages out of protobuf; a message is good only if no error was added. */
final class LinkReader {
    private final ShapeErrors errors;

    LinkReader(ShapeErrors errors) {
        this.errors = errors;
    }

    LinkMessage.@Nullable FromAgent read(FromAgent from) {
        return switch (from.getMessageCase()) {
            case JOIN -> join(from.getJoin(), Path.ROOT.field("join"));
            case TASKS -> tasks(from.getTasks(), Path.ROOT.field("tasks"));
            case HEARTBEAT -> new LinkMessage.AgentHeartbeat(from.getHeartbeat().getClockMillis());
            case STATUSES -> statuses(from.getStatuses(), Path.ROOT.field("statuses"));
            case LEAVE -> new LinkMessage.Leave();
            case EXECUTORS ->
                new LinkMessage.Executors(from.getExecutors().getRunsList().stream()
                        .map(LinkReader::executor)
                        .toList());
            case EXECUTOR_ENDED -> {
                var ended = from.getExecutorEnded();
                need(ended.hasRun(), Path.ROOT.field("executor_ended").field("run"));
                yield new LinkMessage.ExecutorEnded(executor(ended.getRun()), ended.getStatus(), ended.getMessage());
            }
            case EXECUTOR_SAID ->
                new LinkMessage.ExecutorSaid(
                        new FrameworkId(from.getExecutorSaid().getFramework()),
                        new ExecutorId(from.getExecutorSaid().getExecutor()),
                        from.getExecutorSaid().getData().toByteArray());
            case OVERSUBSCRIBED ->
                new LinkMessage.Oversubscribed(lent(
                        from.getOversubscribed().getTotalList(),
                        Path.ROOT.field("oversubscribed").field("total")));
            case REFUSED_ORDER -> refused(from.getRefusedOrder(), Path.ROOT.field("refused_order"));
            case MESSAGE_NOT_SET -> {
                unknownKind();
                yield null;
            }
        };
    }

    /** What an agent lends on top of what it has; nothing else belongs there. */
    private Resources lent(List<org.mesolith.proto.gen.v1.Resource> from, Path at) {
        var read = ResourceCodec.decode(from, at, errors);
        Lent.problems(read).forEach(problem -> errors.add(at, problem));
        return read;
    }

    private void unknownKind() {
        errors.add(Path.ROOT, "the frame is of a kind that this version does not know");
    }

    private LinkMessage.Join join(org.mesolith.proto.gen.link.Join from, Path at) {
        need(from.hasInfo(), at.field("info"));
        return new LinkMessage.Join(
                from.hasKnown() ? new AgentId(from.getKnown()) : null,
                info(from.getInfo(), at.field("info")),
                from.hasNewest() ? fence(from.getNewest()) : null,
                from.getDigest(),
                from.getTasks(),
                ResourceCodec.decode(from.getReservedList(), at.field("reserved"), errors),
                new LinkMessage.Software(level(from.getLevel()), from.getSoftware()));
    }

    /** The first level does not tell. */
    private static int level(int told) {
        return Math.max(LinkMessage.Software.FIRST.level(), told);
    }

    private AgentInfo info(org.mesolith.proto.gen.link.AgentInfo from, Path at) {
        return new AgentInfo(
                from.getHostname(),
                from.getPort(),
                ResourceCodec.decode(from.getResourcesList(), at.field("resources"), errors),
                ValueCodec.attributes(from.getAttributesList(), at.field("attributes"), errors),
                from.hasDomain() ? Infos.domain(from.getDomain()) : null,
                // What this version does not know it cannot use.
                from.getCapabilitiesList().stream()
                        .map(AgentCapability::of)
                        .filter(Objects::nonNull)
                        .toList(),
                from.getVersion());
    }

    private LinkMessage.Tasks tasks(org.mesolith.proto.gen.link.Tasks from, Path at) {
        var tasks = new ArrayList<AgentTask>(from.getTasksCount());
        for (int i = 0; i < from.getTasksCount(); i++) {
            var task = from.getTasks(i);
            var place = at.field("tasks").index(i);
            need(task.hasKey(), place.field("key"));
            need(task.hasLaunchedAt(), place.field("launched_at"));
            tasks.add(new AgentTask(
                    key(task.getKey()),
                    position(task.getLaunchedAt()),
                    state(task.getState(), place.field("state")),
                    task.hasHead() ? StatusCodec.uuid(task.getHead(), place.field("head"), errors) : null,
                    task.getEndsNext()));
        }
        return new LinkMessage.Tasks(tasks);
    }

    private LinkMessage.Statuses statuses(org.mesolith.proto.gen.link.Statuses from, Path at) {
        var updates = new ArrayList<LinkMessage.Statuses.Status>(from.getUpdatesCount());
        for (int i = 0; i < from.getUpdatesCount(); i++) {
            var update = from.getUpdates(i);
            var place = at.field("updates").index(i);
            need(update.hasLaunchedAt(), place.field("launched_at"));
            need(update.hasStatus(), place.field("status"));
            need(update.hasTimestamp(), place.field("timestamp"));
            updates.add(new LinkMessage.Statuses.Status(
                    new FrameworkId(update.getFramework()),
                    position(update.getLaunchedAt()),
                    StatusCodec.decode(
                            update.getStatus(), Times.instant(update.getTimestamp()), place.field("status"), errors),
                    state(update.getLatest(), place.field("latest")),
                    StatusCodec.data(update.getStatus())));
        }
        return new LinkMessage.Statuses(updates);
    }

    private LinkMessage.@Nullable RefusedOrder refused(org.mesolith.proto.gen.link.RefusedOrder from, Path at) {
        need(from.hasOrder(), at.field("order"));
        need(from.hasNewest(), at.field("newest"));
        var verdict = switch (from.getVerdict()) {
            case CURRENT -> Fence.Verdict.CURRENT;
            case STALE -> Fence.Verdict.STALE;
            case OTHER_CLUSTER -> Fence.Verdict.OTHER_CLUSTER;
            case OTHER_EPOCH -> Fence.Verdict.OTHER_EPOCH;
            case UNKNOWN, UNRECOGNIZED -> null;
        };
        if (verdict == null) {
            errors.add(at.field("verdict"), "is one that this version does not know");
            return null;
        }
        return new LinkMessage.RefusedOrder(fence(from.getOrder()), fence(from.getNewest()), verdict);
    }

    LinkMessage.@Nullable FromMaster read(FromMaster from) {
        need(from.hasFence(), Path.ROOT.field("fence"));
        var fence = fence(from.getFence());
        return switch (from.getMessageCase()) {
            case WELCOME ->
                new LinkMessage.Welcome(
                        fence,
                        new AgentId(from.getWelcome().getId()),
                        Times.duration(from.getWelcome().getHeartbeat()),
                        from.getWelcome().getMastersList(),
                        level(from.getWelcome().getLevel()));
            case REFUSE ->
                new LinkMessage.Refuse(
                        fence, from.getRefuse().getWhy(), from.getRefuse().getForGood());
            case SEND_TASKS -> new LinkMessage.SendTasks(fence);
            case HEARTBEAT ->
                new LinkMessage.MasterHeartbeat(fence, from.getHeartbeat().getMastersList());
            case LAUNCH -> launch(fence, from.getLaunch(), Path.ROOT.field("launch"));
            case LAUNCH_GROUP -> group(fence, from.getLaunchGroup(), Path.ROOT.field("launch_group"));
            case KILL -> kill(fence, from.getKill(), Path.ROOT.field("kill"));
            case ACKNOWLEDGE_STATUS ->
                acknowledge(fence, from.getAcknowledgeStatus(), Path.ROOT.field("acknowledge_status"));
            case SHUTDOWN_FRAMEWORK ->
                new LinkMessage.ShutdownFramework(
                        fence, new FrameworkId(from.getShutdownFramework().getFramework()));
            case CHECK_TASKS -> new LinkMessage.CheckTasks(fence, runs(from.getCheckTasks()));
            case SHUTDOWN_EXECUTOR ->
                new LinkMessage.ShutdownExecutor(
                        fence,
                        new FrameworkId(from.getShutdownExecutor().getFramework()),
                        new ExecutorId(from.getShutdownExecutor().getExecutor()));
            case TELL_EXECUTOR ->
                new LinkMessage.TellExecutor(
                        fence,
                        new FrameworkId(from.getTellExecutor().getFramework()),
                        new ExecutorId(from.getTellExecutor().getExecutor()),
                        from.getTellExecutor().getData().toByteArray());
            case ACKNOWLEDGE_EXECUTOR -> {
                need(
                        from.getAcknowledgeExecutor().hasRun(),
                        Path.ROOT.field("acknowledge_executor").field("run"));
                yield new LinkMessage.AcknowledgeExecutor(
                        fence, executor(from.getAcknowledgeExecutor().getRun()));
            }
            case GOING_AWAY -> new LinkMessage.GoingAway(fence);
            case SET_RESERVED ->
                new LinkMessage.SetReserved(
                        fence,
                        ResourceCodec.decode(
                                from.getSetReserved().getReservedList(),
                                Path.ROOT.field("set_reserved").field("reserved"),
                                errors));
            case DRAIN ->
                new LinkMessage.Drain(
                        fence,
                        from.getDrain().hasMaxGrace()
                                ? Times.bounded(from.getDrain().getMaxGrace())
                                : null,
                        from.getDrain().getMarkGone());
            case MESSAGE_NOT_SET -> {
                unknownKind();
                yield null;
            }
        };
    }

    private LinkMessage.Launch launch(Fence fence, org.mesolith.proto.gen.link.Launch from, Path at) {
        need(from.hasKey(), at.field("key"));
        need(from.hasLaunchedAt(), at.field("launched_at"));
        need(from.hasFramework(), at.field("framework"));
        need(from.hasTaskInfo(), at.field("task_info"));
        return new LinkMessage.Launch(
                fence,
                key(from.getKey()),
                position(from.getLaunchedAt()),
                from.getUser(),
                ResourceCodec.decode(from.getResourcesList(), at.field("resources"), errors),
                opaque(from.getFramework()),
                opaque(from.getTaskInfo()),
                from.hasUnder() ? under(from.getUnder()) : null);
    }

    private LinkMessage.LaunchGroup group(Fence fence, org.mesolith.proto.gen.link.LaunchGroup from, Path at) {
        need(from.hasLaunchedAt(), at.field("launched_at"));
        need(from.hasFramework(), at.field("framework"));
        need(from.hasUnder(), at.field("under"));
        need(from.getTasksCount() > 0, at.field("tasks"));
        var tasks = new ArrayList<LinkMessage.LaunchGroup.Member>(from.getTasksCount());
        for (var task : from.getTasksList()) {
            need(task.hasTaskInfo(), at.field("tasks").field("task_info"));
            tasks.add(new LinkMessage.LaunchGroup.Member(
                    new TaskId(task.getTask()),
                    ResourceCodec.decode(
                            task.getResourcesList(), at.field("tasks").field("resources"), errors),
                    opaque(task.getTaskInfo())));
        }
        return new LinkMessage.LaunchGroup(
                fence,
                new FrameworkId(from.getFrameworkId()),
                position(from.getLaunchedAt()),
                from.getNumber(),
                from.getUser(),
                opaque(from.getFramework()),
                under(from.getUnder()),
                tasks);
    }

    private static LinkMessage.Launch.Under under(org.mesolith.proto.gen.link.Launch.Under from) {
        return new LinkMessage.Launch.Under(
                new ExecutorId(from.getExecutor()), from.hasLaunchedAt() ? position(from.getLaunchedAt()) : null);
    }

    private static LinkMessage.ExecutorRun executor(org.mesolith.proto.gen.link.ExecutorRun from) {
        return new LinkMessage.ExecutorRun(
                new FrameworkId(from.getFramework()),
                new ExecutorId(from.getExecutor()),
                position(from.getLaunchedAt()));
    }

    private LinkMessage.Kill kill(Fence fence, org.mesolith.proto.gen.link.Kill from, Path at) {
        need(from.hasKey(), at.field("key"));
        return new LinkMessage.Kill(fence, key(from.getKey()), from.hasGrace() ? Times.bounded(from.getGrace()) : null);
    }

    private LinkMessage.@Nullable AcknowledgeStatus acknowledge(
            Fence fence, org.mesolith.proto.gen.link.AcknowledgeStatus from, Path at) {
        need(from.hasKey(), at.field("key"));
        var uuid = StatusCodec.uuid(from.getUuid(), at.field("uuid"), errors);
        return uuid == null ? null : new LinkMessage.AcknowledgeStatus(fence, key(from.getKey()), uuid);
    }

    private static List<LinkMessage.CheckTasks.TaskRun> runs(org.mesolith.proto.gen.link.CheckTasks from) {
        return from.getRunsList().stream()
                .map(run -> new LinkMessage.CheckTasks.TaskRun(
                        new FrameworkId(run.getFramework()), new TaskId(run.getTask()), position(run.getLaunchedAt())))
                .toList();
    }

    private void need(boolean present, Path at) {
        if (!present) {
            errors.addMissing(at);
        }
    }

    private TaskState state(int number, Path at) {
        var state = TaskState.of(number);
        if (state == null) {
            errors.add(at, "is state number " + number + ", which this version does not know");
            return TaskState.TASK_UNKNOWN;
        }
        return state;
    }

    private static Fence fence(org.mesolith.proto.gen.link.Fence from) {
        return new Fence(from.getClusterId(), from.getEpoch(), from.getEpochId(), from.getTerm());
    }

    private static Position position(org.mesolith.proto.gen.link.Position from) {
        return new Position(from.getIndex(), from.getOrdinal());
    }

    private static TaskKey key(org.mesolith.proto.gen.link.TaskKey from) {
        return new TaskKey(new FrameworkId(from.getFramework()), new TaskId(from.getTask()));
    }

    private static Opaque opaque(org.mesolith.proto.gen.link.Opaque from) {
        return new Opaque(from.getSchema(), from.getBytes().toByteArray());
    }
}
