package org.mesolith.agent.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One look at a task: its deadline, and its open connection. Used by one thread; closed by any. */
final class Look implements AutoCloseable {
    /** Closed: no more connections. */
    private static final Socket NONE = new Socket();

    private final @Nullable Duration timeout;
    private volatile long startedAt = System.nanoTime();
    private final AtomicReference<@Nullable Socket> open = new AtomicReference<>();

    /**
     * @param timeout null for none
     */
    Look(@Nullable Duration timeout) {
        this.timeout = timeout;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    /** Its time begins now. */
    void begin() {
        startedAt = System.nanoTime();
    }

    /**
     * Connects, giving up an earlier connection.
     *
     * @throws SocketTimeoutException when the time is over
     */
    Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        var before = open.getAndUpdate(now -> now == NONE ? NONE : socket);
        if (before == NONE) {
            socket.close();
            throw new IOException("the task is over");
        }
        if (before != null) {
            before.close();
        }
        socket.connect(address, leftMillis());
        return socket;
    }

    /**
     * What is left of the time in milliseconds; 0 for no bound, as sockets want it.
     *
     * @throws SocketTimeoutException when the time is over
     */
    int leftMillis() throws SocketTimeoutException {
        if (timeout == null) {
            return 0;
        }
        long left = timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        if (left <= 0) {
            throw new SocketTimeoutException("over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        var socket = open.getAndSet(NONE);
        if (socket != null && socket != NONE) {
            try {
                socket.close();
            } catch (IOException harmless) {
                System.getLogger(Look.class.getName()).log(System.Logger.Level.TRACE, "closing", harmless);
            }
        }
    }
}
