package org.mesolith.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link over one channel; the same class on both ends. */
final class ChannelLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelLink.class);
    private static final int HEAD_BYTES = 12;
    private static final int FRAMES_MAX = 1_000_000;

    private final Channel channel;
    private final LinkSettings settings;
    private final WireStats.Counters counters;
    private final FramePump pump;
    private final InetSocketAddress remote;
    private final Inbound inbound = new Inbound();
    private final Object lock = new Object();
    private @Nullable List<Consumer<String>> whenClosed = new ArrayList<>();
    private @Nullable String reason;

    ChannelLink(Channel channel, LinkSettings settings, WireStats.Counters counters) {
        this.channel = channel;
        this.settings = settings;
        this.counters = counters;
        this.remote = (InetSocketAddress) channel.remoteAddress();
        var bounds = new Outbox.Bounds(FRAMES_MAX, settings.queuedBytesMax());
        this.pump = new FramePump(channel, FramePump.Framing.LINK, bounds, counters.bytesOut);
    }

    ChannelHandler handler() {
        return inbound;
    }

    /** On the loop: the connection is ours now. */
    void open() {
        counters.linksStarted.increment();
        counters.linksOpen.incrementAndGet();
        Transport.whenDone(channel.closeFuture(), closed -> {
            counters.linksOpen.decrementAndGet();
            over("the connection was closed");
        });
        Transport.of(channel).prepare(channel, settings.peerTimeout());
        pump.start();
        inbound.readOn();
    }

    @Override
    public boolean send(byte[] frame) {
        if (frame.length == 0 || frame.length > settings.frameBytesMax()) {
            throw new IllegalArgumentException(
                    "a link frame of " + frame.length + " bytes; allowed are 1 to " + settings.frameBytesMax());
        }
        return pump.offer(frame);
    }

    @Override
    public void onFrame(Consumer<byte[]> receiver) {
        inbound.receive(receiver);
        execute(inbound::readOn);
    }

    @Override
    public void onClosed(Consumer<String> action) {
        String why;
        synchronized (lock) {
            if (whenClosed != null) {
                whenClosed.add(action);
                return;
            }
            why = reason == null ? "closed" : reason;
        }
        run(action, why);
    }

    @Override
    public void close(String why) {
        remember(why);
        if (pump.isOpen()) {
            pump.finish(new byte[0], false, () -> {
                ChannelFuture last = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
                Transport.whenDone(last, written -> Transport.close(channel));
            });
            execute(() -> {
                long millis = settings.closeTimeout().toMillis();
                var _ = channel.eventLoop().schedule(this::cut, millis, TimeUnit.MILLISECONDS);
            });
        }
    }

    private void cut() {
        if (channel.isOpen()) {
            Transport.cut(channel);
        }
    }

    /** Closes at once: the peer broke the rules or is gone. */
    private void abandon(String why) {
        remember(why);
        pump.kill();
        Transport.close(channel);
    }

    private void remember(String why) {
        synchronized (lock) {
            if (reason == null) {
                reason = why;
            }
        }
    }

    /** Tells everybody that it is over; the first reason counts. */
    void over(String why) {
        remember(why);
        pump.kill();
        List<Consumer<String>> actions;
        String first;
        synchronized (lock) {
            actions = whenClosed == null ? List.of() : whenClosed;
            whenClosed = null;
            first = reason == null ? why : reason;
        }
        actions.forEach(action -> run(action, first));
    }

    private static void run(Consumer<String> action, String why) {
        try {
            action.accept(why);
        } catch (RuntimeException | Error broken) {
            // One listener's mistake must not keep the others from hearing of the end.
            LOG.error("an action for the end of a link failed", broken);
        }
    }

    private void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException stopped) {
            over("the event loop is stopped");
        }
    }

    @Override
    public boolean isOpen() {
        return pump.isOpen() && channel.isActive();
    }

    @Override
    public long queuedBytes() {
        return pump.queuedBytes();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    /** Takes bytes off the channel and frames out of bytes. On the loop, but for {@link #receive}. */
    private final class Inbound extends ChannelInboundHandlerAdapter {
        private volatile @Nullable Consumer<byte[]> receiver;
        private ByteBuf pending = Unpooled.EMPTY_BUFFER;
        private @Nullable Gather frame;
        private long sequence;

        void receive(Consumer<byte[]> given) {
            synchronized (lock) {
                if (receiver != null) {
                    throw new IllegalStateException("this link has a receiver already");
                }
                receiver = given;
            }
        }

        /** Reads from the peer if somebody listens. */
        void readOn() {
            if (channel.pipeline().context(this) == null) {
                return;
            }
            channel.config().setAutoRead(receiver != null);
            takeFrames();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            counters.bytesIn.add(in.readableBytes());
            if (pending.isReadable()) {
                pending.discardSomeReadBytes().writeBytes(in);
                in.release();
            } else {
                pending.release();
                pending = in;
            }
            takeFrames();
        }

        private void takeFrames() {
            Consumer<byte[]> to = receiver;
            if (to == null) {
                return;
            }
            byte[] next = nextFrame();
            while (next != null) {
                try {
                    to.accept(next);
                } catch (RuntimeException | Error broken) {
                    LOG.error("the receiver of a link's frames failed; the link is closed", broken);
                    abandon("the receiver of frames failed: " + broken);
                    return;
                }
                next = nextFrame();
            }
        }

        private byte @Nullable [] nextFrame() {
            if (!channel.isActive()) {
                return null;
            }
            if (frame == null && !begin()) {
                return null;
            }
            Gather gather = frame;
            if (gather == null
                    || !gather.take(pending, Math.min(gather.room(), pending.readableBytes()))
                    || gather.room() > 0) {
                return null;
            }
            frame = null;
            return gather.finish();
        }

        private boolean begin() {
            if (pending.readableBytes() < HEAD_BYTES) {
                return false;
            }
            long length = pending.readUnsignedInt();
            long number = pending.readLong();
            if (length < 1 || length > settings.frameBytesMax()) {
                abandon("the peer announced a frame of " + length + " bytes; allowed are 1 to "
                        + settings.frameBytesMax());
                return false;
            }
            if (number != sequence + 1) {
                abandon("the peer sent frame " + number + " after frame " + sequence);
                return false;
            }
            sequence = number;
            frame = new Gather(new Gather.Budget(Long.MAX_VALUE), (int) length);
            return true;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (channel.isWritable()) {
                pump.pump();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                abandon("the peer closed the link");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            over("the connection was closed");
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            pending.release();
            pending = Unpooled.EMPTY_BUFFER;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                LOG.error("link to {} failed and is closed", remote, cause);
            }
            abandon("the connection failed: " + cause.getMessage());
        }
    }
}
