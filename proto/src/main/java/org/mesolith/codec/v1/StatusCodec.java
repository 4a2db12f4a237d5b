package org.mesolith.codec.v1;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Opaque;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.OperationStatus;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** Task statuses between {@code mesos.v1} and our own. */
public final class StatusCodec {
    private StatusCodec() {}

    /** All but data. What the record does not name stays in {@link TaskStatus#rest}, an unknown reason too. */
    public static TaskStatus decode(org.mesolith.proto.gen.v1.TaskStatus from, Path at, ShapeErrors errors) {
        return decode(from, Times.instant(from.getTimestamp()), at, errors);
    }

    /** The same with an exact time, where the interface has one beside the status. */
    public static TaskStatus decode(
            org.mesolith.proto.gen.v1.TaskStatus from, Instant timestamp, Path at, ShapeErrors errors) {
        var reason = from.hasReason() ? StatusReason.of(from.getReason().getNumber()) : null;
        return new TaskStatus(
                new TaskId(from.getTaskId().getValue()),
                state(from.getState()),
                from.hasSource() ? source(from.getSource()) : StatusSource.SOURCE_EXECUTOR,
                reason,
                from.getMessage(),
                timestamp,
                from.hasUuid() && !from.getUuid().isEmpty() ? uuid(from.getUuid(), at.field("uuid"), errors) : null,
                from.hasAgentId() ? new AgentId(from.getAgentId().getValue()) : null,
                from.hasExecutorId() ? new ExecutorId(from.getExecutorId().getValue()) : null,
                from.hasHealthy() ? from.getHealthy() : null,
                new Opaque(TaskStatus.SCHEMA, rest(from)));
    }

    private static byte[] rest(org.mesolith.proto.gen.v1.TaskStatus from) {
        return from.toBuilder()
                .clearTaskId()
                .clearState()
                .clearSource()
                .clearReason()
                .clearMessage()
                .clearTimestamp()
                .clearUuid()
                .clearAgentId()
                .clearExecutorId()
                .clearHealthy()
                .clearData()
                .buildPartial()
                .toByteArray();
    }

    public static byte @Nullable [] data(org.mesolith.proto.gen.v1.TaskStatus from) {
        return from.hasData() ? from.getData().toByteArray() : null;
    }

    /** Anything but 16 bytes is an error. */
    public static @Nullable Uuid uuid(ByteString bytes, Path at, ShapeErrors errors) {
        if (bytes.size() != Uuid.BYTES) {
            errors.add(at, "has " + bytes.size() + " bytes, a uuid has " + Uuid.BYTES);
            return null;
        }
        return Uuid.of(bytes.toByteArray());
    }

    public static ByteString bytes(Uuid uuid) {
        return UnsafeByteOperations.unsafeWrap(uuid.bytes());
    }

    public static TaskState state(org.mesolith.proto.gen.v1.TaskState from) {
        var state = TaskState.of(from.getNumber());
        return state == null ? TaskState.TASK_UNKNOWN : state;
    }

    public static org.mesolith.proto.gen.v1.TaskState state(TaskState from) {
        return org.mesolith.proto.gen.v1.TaskState.forNumber(from.number());
    }

    private static StatusSource source(org.mesolith.proto.gen.v1.TaskStatus.Source from) {
        return switch (from) {
            case SOURCE_MASTER -> StatusSource.SOURCE_MASTER;
            case SOURCE_AGENT -> StatusSource.SOURCE_AGENT;
            case SOURCE_EXECUTOR -> StatusSource.SOURCE_EXECUTOR;
        };
    }

    /**
     * The whole status again.
     *
     * @throws IllegalArgumentException if the rest is no status: it was not made by {@link #decode}
     */
    public static org.mesolith.proto.gen.v1.TaskStatus.Builder encode(TaskStatus from, byte @Nullable [] data) {
        var to = partial(from.rest());
        to.getTaskIdBuilder().setValue(from.task().value());
        to.setState(state(from.state()));
        to.setSource(org.mesolith.proto.gen.v1.TaskStatus.Source.forNumber(
                from.source().number()));
        to.setTimestamp(Times.seconds(from.timestamp()));
        if (from.reason() != null) {
            to.setReason(org.mesolith.proto.gen.v1.TaskStatus.Reason.forNumber(
                    from.reason().number()));
        }
        if (!from.message().isEmpty()) {
            to.setMessage(from.message());
        }
        if (from.uuid() != null) {
            to.setUuid(bytes(from.uuid()));
        }
        if (from.agent() != null) {
            to.getAgentIdBuilder().setValue(from.agent().value());
        }
        if (from.executor() != null) {
            to.getExecutorIdBuilder().setValue(from.executor().value());
        }
        if (from.healthy() != null) {
            to.setHealthy(from.healthy());
        }
        if (data != null) {
            to.setData(UnsafeByteOperations.unsafeWrap(data));
        }
        return to;
    }

    private static org.mesolith.proto.gen.v1.TaskStatus.Builder partial(Opaque rest) {
        try {
            return org.mesolith.proto.gen.v1.TaskStatus.newBuilder().mergeFrom(rest.bytes());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the rest of a task status is no " + rest.schema(), e);
        }
    }

    /** A state that this version does not know becomes UNKNOWN. */
    public static OperationStatus decode(org.mesolith.proto.gen.v1.OperationStatus from, Path at, ShapeErrors errors) {
        var state = OperationState.of(from.getState().getNumber());
        return new OperationStatus(
                new OperationId(from.getOperationId().getValue()),
                state == null ? OperationState.OPERATION_UNKNOWN : state,
                from.getMessage(),
                from.hasUuid()
                        ? uuid(from.getUuid().getValue(), at.field("uuid").field("value"), errors)
                        : null,
                from.hasAgentId() ? new AgentId(from.getAgentId().getValue()) : null);
    }

    /** For the framework that asked for the operation. */
    public static org.mesolith.proto.gen.v1.OperationStatus encode(OperationStatus from) {
        var to = org.mesolith.proto.gen.v1.OperationStatus.newBuilder()
                .setState(org.mesolith.proto.gen.v1.OperationState.forNumber(
                        from.state().number()));
        to.getOperationIdBuilder().setValue(from.operation().value());
        if (!from.message().isEmpty()) {
            to.setMessage(from.message());
        }
        if (from.uuid() != null) {
            to.getUuidBuilder().setValue(bytes(from.uuid()));
        }
        if (from.agent() != null) {
            to.getAgentIdBuilder().setValue(from.agent().value());
        }
        return to.build();
    }
}
