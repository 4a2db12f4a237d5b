package org.mesolith.statecodec;

import com.google.protobuf.UnsafeByteOperations;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.RequestKey;

/** Small values both ways. */
final class Values {
    private Values() {}

    static Rows.Time time(Instant time) {
        return Rows.Time.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant time(Rows.Time time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static Rows.Span span(Duration time) {
        return Rows.Span.newBuilder()
                .setSeconds(time.getSeconds())
                .setNanos(time.getNano())
                .build();
    }

    static Duration span(Rows.Span time) {
        return Duration.ofSeconds(time.getSeconds(), time.getNanos());
    }

    static Rows.Position position(Position at) {
        return Rows.Position.newBuilder()
                .setIndex(at.index())
                .setOrdinal(at.ordinal())
                .build();
    }

    static Position position(Rows.Position at) {
        return new Position(at.getIndex(), at.getOrdinal());
    }

    static Rows.Uuid uuid(Uuid uuid) {
        return Rows.Uuid.newBuilder().setHigh(uuid.high()).setLow(uuid.low()).build();
    }

    static Uuid uuid(Rows.Uuid uuid) {
        return new Uuid(uuid.getHigh(), uuid.getLow());
    }

    static Rows.Opaque opaque(Opaque message) {
        return Rows.Opaque.newBuilder()
                .setSchema(message.schema())
                .setBytes(UnsafeByteOperations.unsafeWrap(message.bytes()))
                .build();
    }

    static Opaque opaque(Rows.Opaque message) {
        return new Opaque(message.getSchema(), message.getBytes().toByteArray());
    }

    static Rows.RequestKey requestKey(RequestKey key) {
        return Rows.RequestKey.newBuilder()
                .setScope(key.scope())
                .setKey(key.key())
                .build();
    }

    static RequestKey requestKey(Rows.RequestKey key) {
        return new RequestKey(key.getScope(), key.getKey());
    }

    static Rows.Weight weight(Weight weight) {
        return Rows.Weight.newBuilder()
                .setRole(weight.role())
                .setBits(weight.bits())
                .build();
    }

    static Weight weight(Rows.Weight weight) {
        return new Weight(weight.getRole(), weight.getBits());
    }

    /**
     * @throws UnknownFormatException when no value has this number
     */
    static <T> T known(@Nullable T value, String what, int number) {
        if (value == null) {
            throw new UnknownFormatException(what + " with number " + number);
        }
        return value;
    }

    static TaskState state(int number) {
        return known(TaskState.of(number), "task state", number);
    }

    static StatusReason reason(int number) {
        return known(StatusReason.of(number), "status reason", number);
    }
}
