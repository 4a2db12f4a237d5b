package org.mesolith.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers the bytes of one body or frame. What is held grows with what has arrived, not with what was announced, and is
 * paid from a budget that many share.
 */
final class Gather {
    private static final int START_BYTES = 16 << 10;

    private final Budget budget;
    private final int bytesMax;
    private byte[] bytes = new byte[0];
    private int size;

    /** How many bytes all gatherings together may hold. */
    static final class Budget {
        private final long bytesMax;
        private final AtomicLong held = new AtomicLong();

        Budget(long bytesMax) {
            this.bytesMax = bytesMax;
        }

        private boolean reserve(long more) {
            if (held.addAndGet(more) > bytesMax) {
                held.addAndGet(-more);
                return false;
            }
            return true;
        }

        private void release(long fewer) {
            held.addAndGet(-fewer);
        }

        long held() {
            return held.get();
        }
    }

    /** Takes up to {@code bytesMax} bytes. */
    Gather(Budget budget, int bytesMax) {
        this.budget = budget;
        this.bytesMax = bytesMax;
    }

    /** How many bytes it may still take. */
    int room() {
        return bytesMax - size;
    }

    /** Takes so many bytes, at most {@link #room}; false, and nothing is taken, if the budget is used up. */
    boolean take(ByteBuf from, int count) {
        if (size + count > bytes.length) {
            int capacity = (int) Math.min(bytesMax, Math.max(Math.max(2L * bytes.length, START_BYTES), size + count));
            if (!budget.reserve(capacity - bytes.length)) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, capacity);
        }
        from.readBytes(bytes, size, count);
        size += count;
        return true;
    }

    /** What was gathered; it stays on the budget until {@link #release}. */
    byte[] finish() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Gives back what was taken from the budget, once or several times. */
    void release() {
        budget.release(bytes.length);
        bytes = new byte[0];
        size = 0;
    }
}
