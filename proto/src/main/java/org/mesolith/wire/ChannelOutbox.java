package org.mesolith.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outbox of one stream over one connection. */
final class ChannelOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelOutbox.class);

    private final FramePump pump;
    private final Connection connection;
    private final WireStats.Counters counters;
    private final @Nullable Duration endMax;
    private final Object lock = new Object();
    private @Nullable List<Runnable> whenClosed = new ArrayList<>();
    private boolean refusedOnce;

    ChannelOutbox(FramePump pump, Connection connection, WireStats.Counters counters, @Nullable Duration endMax) {
        this.endMax = endMax;
        this.pump = pump;
        this.connection = connection;
        this.counters = counters;
    }

    @Override
    public boolean offer(byte[] frame) {
        boolean taken = pump.offer(frame);
        if (!taken && pump.isOpen()) {
            countFull();
        }
        return taken;
    }

    private void countFull() {
        synchronized (lock) {
            if (refusedOnce) {
                return;
            }
            refusedOnce = true;
        }
        counters.streamsFull.increment();
    }

    @Override
    public void end(byte[] lastFrame) {
        finish(lastFrame, true);
    }

    @Override
    public void close() {
        finish(new byte[0], false);
    }

    private void finish(byte[] lastFrame, boolean dropWaiting) {
        if (pump.isOpen()) {
            pump.finish(lastFrame, dropWaiting, () -> connection.streamDrained(pump.isChunked()));
            ending();
        }
    }

    /** From now on the end has a deadline. */
    void ending() {
        connection.streamEnding(endMax);
    }

    @Override
    public void onClosed(Runnable action) {
        synchronized (lock) {
            if (whenClosed != null) {
                whenClosed.add(action);
                return;
            }
        }
        run(action);
    }

    /** The stream is over, however it came. */
    void closed() {
        pump.kill();
        List<Runnable> actions;
        synchronized (lock) {
            actions = whenClosed == null ? List.of() : whenClosed;
            whenClosed = null;
        }
        actions.forEach(ChannelOutbox::run);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error broken) {
            // One subscriber's mistake must not keep the others, or the connection, from being closed.
            LOG.error("an action for the end of a stream failed", broken);
        }
    }

    FramePump pump() {
        return pump;
    }

    @Override
    public boolean isOpen() {
        return pump.isOpen();
    }

    @Override
    public int queuedFrames() {
        return pump.queuedFrames();
    }

    @Override
    public long queuedBytes() {
        return pump.queuedBytes();
    }
}
