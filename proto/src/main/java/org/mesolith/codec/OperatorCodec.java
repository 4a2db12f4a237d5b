package org.mesolith.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorEvent;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.v1.master.Call;

/**
 * The operator API as the master speaks it: calls in, replies out. Safe for use by any thread.
 *
 * <p>Calls that Mesos does not have come on the same path, in the message {@code mesolith.operator.Call}: it differs
 * from Mesos' only in its types, so a call without a type that Mesos knows is read once more as ours.
 */
public final class OperatorCodec {
    private final Bodies bodies;

    public OperatorCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /** Reads a call; refused (400) with everything that is wrong with it by itself. */
    public Decoded<OperatorCall> decode(Encoding encoding, byte[] body) {
        return bodies.decode(encoding, Call.getDefaultInstance(), body)
                .then(call -> call.hasType()
                        ? bodies.read(call, OperatorCodec::read)
                        : bodies.read(
                                encoding,
                                org.mesolith.proto.gen.operator.Call.getDefaultInstance(),
                                body,
                                OperatorCodec::readOurs));
    }

    /** The reply to a read. */
    public byte[] encode(Encoding encoding, OperatorReply reply) {
        return bodies.encode(encoding, OperatorReplyWriter.write(reply));
    }

    /** An event without the frame around it ({@link RecordIo#encode}). */
    public byte[] encode(Encoding encoding, OperatorEvent event) {
        return bodies.encode(encoding, OperatorEventWriter.write(event));
    }

    private static @Nullable OperatorCall read(Call from, ShapeErrors errors) {
        return switch (from.getType()) {
            case UNKNOWN -> new OperatorCall.Unknown();
            case GET_HEALTH -> OperatorCall.Read.GET_HEALTH;
            case GET_FLAGS -> OperatorCall.Read.GET_FLAGS;
            case GET_VERSION -> OperatorCall.Read.GET_VERSION;
            case GET_MASTER -> OperatorCall.Read.GET_MASTER;
            case GET_AGENTS -> OperatorCall.Read.GET_AGENTS;
            case GET_FRAMEWORKS -> OperatorCall.Read.GET_FRAMEWORKS;
            case GET_TASKS -> OperatorCall.Read.GET_TASKS;
            case GET_EXECUTORS -> OperatorCall.Read.GET_EXECUTORS;
            case GET_STATE -> OperatorCall.Read.GET_STATE;
            case GET_ROLES -> OperatorCall.Read.GET_ROLES;
            case GET_WEIGHTS -> OperatorCall.Read.GET_WEIGHTS;
            case GET_METRICS -> getMetrics(from, errors);
            case UPDATE_WEIGHTS -> updateWeights(from, errors);
            case GET_OPERATIONS -> OperatorCall.Read.GET_OPERATIONS;
            case GET_QUOTA -> OperatorCall.Read.GET_QUOTA;
            case GET_MAINTENANCE_STATUS -> OperatorCall.Read.GET_MAINTENANCE_STATUS;
            case GET_MAINTENANCE_SCHEDULE -> OperatorCall.Read.GET_MAINTENANCE_SCHEDULE;
            case RESERVE_RESOURCES, UNRESERVE_RESOURCES, CREATE_VOLUMES, DESTROY_VOLUMES, GROW_VOLUME, SHRINK_VOLUME ->
                new OperateReader(errors).read(from);
            case UPDATE_QUOTA, SET_QUOTA, REMOVE_QUOTA -> new PlanReader(errors).quota(from);
            case UPDATE_MAINTENANCE_SCHEDULE, START_MAINTENANCE, STOP_MAINTENANCE ->
                new PlanReader(errors).maintenance(from);
            case DRAIN_AGENT, DEACTIVATE_AGENT, REACTIVATE_AGENT, MARK_AGENT_GONE -> new PlanReader(errors).agent(from);
            case TEARDOWN -> tearDown(from, errors);
            case SUBSCRIBE -> new OperatorCall.Subscribe();
            case GET_LOGGING_LEVEL -> OperatorCall.Read.GET_LOGGING_LEVEL;
            case SET_LOGGING_LEVEL, LIST_FILES, READ_FILE -> new OwnLogReader(errors).read(from);
        };
    }

    private static OperatorCall getMetrics(Call from, ShapeErrors errors) {
        if (!from.hasGetMetrics()) {
            errors.addMissing(Path.ROOT.field("get_metrics"));
        }
        var timeout = from.getGetMetrics();
        return new OperatorCall.GetMetrics(timeout.hasTimeout() ? Times.duration(timeout.getTimeout()) : null);
    }

    private static OperatorCall tearDown(Call from, ShapeErrors errors) {
        if (!from.hasTeardown()) {
            errors.addMissing(Path.ROOT.field("teardown"));
        }
        return new OperatorCall.TearDown(
                new FrameworkId(from.getTeardown().getFrameworkId().getValue()));
    }

    private static OperatorCall updateWeights(Call from, ShapeErrors errors) {
        if (!from.hasUpdateWeights()) {
            errors.addMissing(Path.ROOT.field("update_weights"));
        }
        List<Weight> weights = from.getUpdateWeights().getWeightInfosList().stream()
                .map(weight -> Weight.of(weight.getRole(), weight.getWeight()))
                .toList();
        return new OperatorCall.UpdateWeights(weights);
    }

    private static @Nullable OperatorCall readOurs(org.mesolith.proto.gen.operator.Call from, ShapeErrors errors) {
        if (!from.hasType()) {
            errors.add(
                    Path.ROOT.field("type"),
                    "is required: the name of a call of mesos.v1.master.Call or mesolith.operator.Call");
            return null;
        }
        return switch (from.getType()) {
            case KILL_TASK -> {
                if (!from.hasKillTask()) {
                    errors.addMissing(Path.ROOT.field("kill_task"));
                }
                var kill = from.getKillTask();
                var at = Path.ROOT.field("kill_task").field("kill_policy");
                yield new OperatorCall.KillTask(
                        new FrameworkId(kill.getFrameworkId().getValue()),
                        new TaskId(kill.getTaskId().getValue()),
                        SchedulerCallReader.grace(kill.getKillPolicy(), at, errors));
            }
        };
    }
}
