package org.mesolith.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of one connection: a thread reads what is sent, another one writes it when it is due, and between them
 * lies what is under way. An end, or a break, is under way like bytes: it is held up by a cut and comes after what was
 * sent before.
 */
final class Lane {
    private static final int PIECE_BYTES = 16 * 1024;
    /** Then the sender has to wait, as with a full window. */
    private static final int UNDER_WAY_BYTES_MAX = 256 * 1024;

    private enum Kind {
        BYTES,
        END,
        BREAK
    }

    /** What is under way. */
    private static final class Parcel {
        private final Kind kind;
        private final byte[] bytes;
        private final long dueNanos;

        Parcel(Kind kind, byte[] bytes, long dueNanos) {
            this.kind = kind;
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    private static final byte[] NO_BYTES = {};

    private final Route route;
    private final Connection connection;
    private final Socket source;
    private final Socket sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Parcel> underWay = new ArrayDeque<>();
    private long underWayBytes;
    private long lastDueNanos = System.nanoTime();
    private volatile boolean dead;

    Lane(Route route, Connection connection, Socket source, Socket sink) {
        this.route = route;
        this.connection = connection;
        this.source = source;
        this.sink = sink;
    }

    Way way() {
        return route.way();
    }

    /** What comes from now on is swallowed, and so is what is under way. */
    void die() {
        dead = true;
    }

    /** Until its source has ended. */
    void read() {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            InputStream in = source.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!dead) {
                    put(Kind.BYTES, Arrays.copyOf(buffer, count));
                }
            }
            put(Kind.END, NO_BYTES);
        } catch (IOException broken) {
            put(Kind.BREAK, NO_BYTES);
        }
    }

    /** The other side of the sink has broken it: the source hears of it, on its way. */
    void breakOff() {
        put(Kind.BREAK, NO_BYTES);
    }

    private void put(Kind kind, byte[] bytes) {
        lock.lock();
        try {
            while (underWayBytes > UNDER_WAY_BYTES_MAX && !dead) {
                changed.await();
            }
            lastDueNanos = route.dueAfter(lastDueNanos);
            underWay.add(new Parcel(kind, bytes, lastDueNanos));
            underWayBytes += bytes.length;
            changed.signalAll();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Until an end or a break has been written. */
    void write() throws InterruptedException {
        while (true) {
            Parcel parcel = take();
            route.awaitOpen();
            route.awaitThrough(parcel.bytes.length);
            switch (parcel.kind) {
                case BYTES -> {
                    if (!dead && !wrote(parcel.bytes)) {
                        connection.other(this).breakOff();
                        dead = true; // Nobody hears what comes; its end is awaited.
                    }
                }
                case END -> {
                    end();
                    return;
                }
                case BREAK -> {
                    breakSink();
                    return;
                }
            }
        }
    }

    private Parcel take() throws InterruptedException {
        lock.lock();
        try {
            while (underWay.isEmpty()) {
                changed.await();
            }
            Parcel parcel = underWay.element();
            while (parcel.dueNanos - System.nanoTime() > 0) {
                boolean _ = changed.await(parcel.dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            underWay.remove();
            underWayBytes -= parcel.bytes.length;
            changed.signalAll();
            return parcel;
        } finally {
            lock.unlock();
        }
    }

    private boolean wrote(byte[] bytes) {
        try {
            OutputStream out = sink.getOutputStream();
            out.write(bytes);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void end() {
        if (connection.isDead()) {
            Connection.release(source);
            return;
        }
        try {
            sink.shutdownOutput();
        } catch (IOException gone) {
            // Closed already: it needs no end.
        }
    }

    private void breakSink() {
        Connection.release(source);
        if (!connection.isDead()) {
            Connection.reset(sink);
        }
    }
}
