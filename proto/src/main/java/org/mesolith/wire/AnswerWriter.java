package org.mesolith.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers of one connection, one at a time, and cuts a client that takes nothing of one for too long. On the
 * connection's event loop only.
 */
final class AnswerWriter {
    /** An answer up to here leaves in one write. */
    private static final int SMALL_BYTES = 32 << 10;

    private static final byte[] NOTHING = new byte[0];
    private static final Outbox.Bounds HEAD_AND_BODY = new Outbox.Bounds(2, 1 << 20);

    private final Channel channel;
    private final Alarm alarm;
    private final Duration patience;
    private final LongAdder bytesOut;
    private @Nullable FramePump pump;

    AnswerWriter(Channel channel, Alarm alarm, Duration patience, LongAdder bytesOut) {
        this.channel = channel;
        this.alarm = alarm;
        this.patience = patience;
        this.bytesOut = bytesOut;
    }

    /** Writes these few bytes. */
    ChannelFuture write(byte[] bytes) {
        return write(bytes, NOTHING);
    }

    private ChannelFuture write(byte[] first, byte[] second) {
        ByteBuf out = channel.alloc().directBuffer(first.length + second.length);
        out.writeBytes(first).writeBytes(second);
        bytesOut.add(out.readableBytes());
        return channel.writeAndFlush(out);
    }

    /** Writes a whole answer; {@code then} runs when the kernel has all of it. */
    void send(byte[] head, byte[] body, Runnable then) {
        if (body.length <= SMALL_BYTES) {
            sent(write(head, body), then);
            return;
        }
        var large = new FramePump(channel, FramePump.Framing.RAW, HEAD_AND_BODY, bytesOut);
        pump = large;
        large.offer(head);
        large.finish(body, false, () -> sent(channel.writeAndFlush(Unpooled.EMPTY_BUFFER), then));
        watch(Long.MAX_VALUE);
        large.start();
    }

    private void sent(ChannelFuture last, Runnable then) {
        if (last.isSuccess()) {
            pump = null;
            then.run();
            return;
        }
        watch(Long.MAX_VALUE);
        Transport.whenDone(last, success -> {
            pump = null;
            if (success) {
                then.run();
            } else {
                Transport.close(channel);
            }
        });
    }

    /** From now on the frames of this stream go out. */
    void stream(FramePump frames) {
        pump = frames;
        frames.start();
    }

    /** The channel has room again. */
    void writable() {
        if (pump != null && channel.isWritable()) {
            pump.pump();
        }
    }

    /** The channel is gone. */
    void kill() {
        if (pump != null) {
            pump.kill();
        }
    }

    private void watch(long leftBefore) {
        alarm.set(patience, () -> {
            long left = left();
            if (left >= leftBefore) {
                Transport.cut(channel);
            } else {
                watch(left);
            }
        });
    }

    private long left() {
        var buffer = channel.unsafe().outboundBuffer();
        long queued = pump == null ? 0 : pump.queuedBytes();
        return queued + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }
}
