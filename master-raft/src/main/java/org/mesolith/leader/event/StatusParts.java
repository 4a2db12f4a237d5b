package org.mesolith.leader.event;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;

/**
 * What of the opaque part of a task's newest status goes into an answer about the task: where its container is, and
 * what its check has found.
 *
 * <p>Fields are told apart by hand: the generated messages stay in the codec, which the leader must not know.
 */
public final class StatusParts {
    /** {@code container_status} of {@code mesos.v1.TaskStatus}. */
    private static final int CONTAINER_STATUS = 13;

    /** {@code check_status} of {@code mesos.v1.TaskStatus}. */
    private static final int CHECK_STATUS = 15;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_AND_BYTES = 2;
    private static final int FOUR_BYTES = 5;

    private StatusParts() {}

    /** The two parts; nothing when the bytes are no message. */
    public static Opaque answered(Opaque rest) {
        var in = ByteBuffer.wrap(rest.bytes());
        var out = ByteBuffer.allocate(in.remaining());
        while (in.hasRemaining()) {
            int from = in.position();
            long tag = varint(in);
            long length = length(in, (int) (tag & 7));
            if (length < 0 || length > in.remaining()) {
                return Opaque.empty(TaskStatus.SCHEMA);
            }
            in.position(in.position() + (int) length);
            long field = tag >>> 3;
            if (field == CONTAINER_STATUS || field == CHECK_STATUS) {
                out.put(rest.bytes(), from, in.position() - from);
            }
        }
        return new Opaque(TaskStatus.SCHEMA, Arrays.copyOf(out.array(), out.position()));
    }

    /** Bytes of the field that are left after its tag, and after its length if it has one; below 0 for none. */
    private static long length(ByteBuffer in, int kind) {
        return switch (kind) {
            case VARINT -> {
                varint(in);
                yield 0;
            }
            case EIGHT_BYTES -> Long.BYTES;
            case LENGTH_AND_BYTES -> varint(in);
            case FOUR_BYTES -> Integer.BYTES;
            default -> -1;
        };
    }

    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                break;
            }
        }
        return number;
    }
}
