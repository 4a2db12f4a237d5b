package org.mesolith.leader.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;

/**
 * The one field of the opaque part of a status that the masters write themselves: since when the agent is unreachable.
 *
 * <p>Two nested varints, written by hand: the generated messages stay in the codec, which the leader must not know.
 */
final class UnreachableTime {
    /** {@code unreachable_time = 14} of {@code mesos.v1.TaskStatus}, a message. */
    private static final int UNREACHABLE_TIME = (14 << 3) | 2;

    /** {@code nanoseconds = 1} of {@code mesos.v1.TimeInfo}, a varint. */
    private static final int NANOSECONDS = 1 << 3;

    private static final int VARINT_BYTES_MAX = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private UnreachableTime() {}

    static TaskStatus on(TaskStatus status, Instant since) {
        return new TaskStatus(
                status.task(),
                status.state(),
                status.source(),
                status.reason(),
                status.message(),
                status.timestamp(),
                status.uuid(),
                status.agent(),
                status.executor(),
                status.healthy(),
                opaque(since));
    }

    private static Opaque opaque(Instant since) {
        var time = ByteBuffer.allocate(VARINT_BYTES_MAX + 1);
        time.put((byte) NANOSECONDS);
        varint(time, since.getEpochSecond() * NANOS_PER_SECOND + since.getNano());
        var rest = ByteBuffer.allocate(VARINT_BYTES_MAX + 3);
        rest.put((byte) UNREACHABLE_TIME);
        varint(rest, time.flip().remaining());
        rest.put(time);
        return new Opaque(TaskStatus.SCHEMA, Arrays.copyOf(rest.array(), rest.position()));
    }

    private static void varint(ByteBuffer out, long number) {
        long left = number;
        while ((left & ~0x7FL) != 0) {
            out.put((byte) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }
}
