package org.mesolith.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of frames in front of one channel. Any thread adds; the channel's event loop takes, in slices, only
 * while the channel has room, so that no more than a slice or two of a frame is ever copied. Frames that wait together
 * share a slice and leave in one write.
 */
final class FramePump {
    /** How the frames are marked on the wire. */
    enum Framing {
        /** Not at all. */
        RAW,
        /** Each as a chunk of HTTP/1.1, however large: some clients take a chunk for a record. */
        CHUNKED,
        /** As frames of {@link Link}: length and sequence number first. */
        LINK
    }

    private static final int SLICE_BYTES = 48 << 10;
    /** Slices written before other connections of the loop get their turn. */
    private static final int SLICES_PER_TURN = 16;
    /** Most that marks a frame: length and sequence number; or eight hexadecimal digits, CR LF, and CR LF behind it. */
    private static final int MARK_BYTES = 12;

    private static final byte[] NOTHING = new byte[0];

    private final Channel channel;
    private final Framing framing;
    private final Outbox.Bounds bounds;
    private final LongAdder bytesOut;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final State state = new State();
    private byte[] current = NOTHING;
    private int offset;
    private long sequence;
    private @Nullable Runnable drained;

    /** What several threads see; guarded by itself. */
    private static final class State {
        final ArrayDeque<byte[]> queue = new ArrayDeque<>();
        int frames;
        long bytes;
        boolean started;
        boolean finishing;
        boolean dead;
    }

    FramePump(Channel channel, Framing framing, Outbox.Bounds bounds, LongAdder bytesOut) {
        this.channel = channel;
        this.framing = framing;
        this.bounds = bounds;
        this.bytesOut = bytesOut;
    }

    /** Adds a frame; false if it does not fit or the pump is finishing. A frame above the bound fits an empty pump. */
    boolean offer(byte[] frame) {
        synchronized (state) {
            boolean full = state.frames >= bounds.framesMax()
                    || (state.frames > 0 && state.bytes + frame.length > bounds.bytesMax());
            if (full || state.finishing || state.dead) {
                return false;
            }
            add(frame);
        }
        schedule();
        return true;
    }

    /** Takes no more frames; {@code whenDrained} runs on the loop, once, when all has been given to the channel. */
    void finish(byte[] lastFrame, boolean dropWaiting, Runnable whenDrained) {
        synchronized (state) {
            if (state.finishing || state.dead) {
                return;
            }
            if (dropWaiting) {
                state.frames -= state.queue.size();
                state.queue.forEach(frame -> state.bytes -= frame.length);
                state.queue.clear();
            }
            add(lastFrame);
            drained = whenDrained;
            state.finishing = true;
        }
        schedule();
    }

    /** On the loop: the head of the answer is out, frames may follow. */
    void start() {
        synchronized (state) {
            state.started = true;
        }
        pump();
    }

    /** The channel is gone: forgets everything. */
    void kill() {
        synchronized (state) {
            state.dead = true;
            state.queue.clear();
            state.frames = 0;
            state.bytes = 0;
            drained = null;
        }
    }

    boolean isChunked() {
        return framing == Framing.CHUNKED;
    }

    boolean isOpen() {
        synchronized (state) {
            return !state.finishing && !state.dead;
        }
    }

    int queuedFrames() {
        synchronized (state) {
            return state.frames;
        }
    }

    long queuedBytes() {
        synchronized (state) {
            return state.bytes;
        }
    }

    private void add(byte[] frame) {
        if (frame.length > 0) {
            state.queue.add(frame);
            state.frames++;
            state.bytes += frame.length;
        }
    }

    private void schedule() {
        if (!scheduled.getAndSet(true)) {
            try {
                channel.eventLoop().execute(this::pump);
            } catch (RejectedExecutionException stopped) {
                kill();
            }
        }
    }

    /** On the loop: writes what waits, as far as the channel has room. */
    void pump() {
        scheduled.set(false);
        int slices = 0;
        boolean more = true;
        while (more && channel.isWritable()) {
            if (slices == SLICES_PER_TURN) {
                schedule();
                return;
            }
            ByteBuf slice = nextSlice();
            more = slice != null;
            if (slice != null) {
                slices++;
                bytesOut.add(slice.readableBytes());
                var _ = channel.writeAndFlush(slice, channel.voidPromise());
            }
        }
        Runnable last = takeDrained();
        if (last != null) {
            last.run();
        }
    }

    private @Nullable Runnable takeDrained() {
        synchronized (state) {
            if (!state.finishing || !state.started || state.frames > 0) {
                return null;
            }
            Runnable last = drained;
            drained = null;
            return last;
        }
    }

    private @Nullable ByteBuf nextSlice() {
        int estimate;
        synchronized (state) {
            if (!state.started || state.frames == 0) {
                return null;
            }
            estimate = (int) Math.min(SLICE_BYTES, state.bytes + (long) MARK_BYTES * state.frames);
        }
        ByteBuf slice = channel.alloc().directBuffer(estimate);
        while (SLICE_BYTES - slice.readableBytes() > MARK_BYTES && nextFrame(slice)) {
            int count = Math.min(current.length - offset, SLICE_BYTES - slice.readableBytes());
            slice.writeBytes(current, offset, count);
            offset += count;
            if (framing == Framing.CHUNKED && offset == current.length) {
                slice.writeByte('\r').writeByte('\n');
            }
            written(count);
        }
        return slice;
    }

    private void written(int count) {
        synchronized (state) {
            if (state.dead) {
                return;
            }
            state.bytes -= count;
            if (offset == current.length) {
                state.frames--;
                current = NOTHING;
                offset = 0;
            }
        }
    }

    /** Makes {@code current} a frame with bytes left; writes the frame's head if it begins. */
    private boolean nextFrame(ByteBuf slice) {
        if (offset < current.length) {
            return true;
        }
        byte[] next;
        synchronized (state) {
            next = state.queue.poll();
        }
        if (next == null) {
            return false;
        }
        current = next;
        offset = 0;
        switch (framing) {
            case RAW -> {}
            case CHUNKED -> slice.writeCharSequence(Integer.toHexString(next.length) + "\r\n", US_ASCII);
            case LINK -> {
                sequence++;
                slice.writeInt(next.length).writeLong(sequence);
            }
        }
        return true;
    }
}
