package org.mesolith.wire;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * A long connection that carries our own frames both ways, made by upgrading an HTTP/1.1 connection. The same on
 * both ends.
 *
 * <p>On the wire a frame is its length in bytes (4 bytes, unsigned, most significant first), its sequence number (8
 * bytes, 1 for the first frame of each direction, then one more each) and its bytes. A frame above the limit, an
 * empty one or a gap in the numbers closes the link.
 *
 * <p>TCP keepalive and user timeout find a dead peer in the end; heartbeats that find it soon are the users' job.
 * All methods may be called from any thread and never block.
 */
public interface Link {
    /** The name of this protocol in the header {@code Upgrade}. */
    String PROTOCOL = "mesolith-link/1";

    /**
     * Sends a frame after those sent before. The array is not copied: do not change it afterwards.
     *
     * @return false if the link is closed or the peer is so slow that the bound of {@link LinkSettings} is reached;
     *     then the frame is not sent and nothing is lost of those before. The sender decides: wait, or close.
     * @throws IllegalArgumentException if the frame is empty or above the limit
     */
    boolean send(byte[] frame);

    /**
     * Sets who gets the peer's frames, once, in order, one at a time, on an event loop: it must not block. Nothing
     * is read from the peer before. If it throws, the link is closed.
     *
     * @throws IllegalStateException if a receiver was set before
     */
    void onFrame(Consumer<byte[]> receiver);

    /**
     * Runs the action exactly once, with the reason in words, when the link has ended; at once, on the calling
     * thread, if it has already. Otherwise it runs on an event loop, after the last frame: it must not block.
     * Several may be added.
     */
    void onClosed(Consumer<String> action);

    /**
     * Closes the link after what was sent has been written, at the latest when the settings' deadline for closing
     * cuts it.
     *
     * @param reason given to {@link #onClosed}; the first reason counts
     */
    void close(String reason);

    /** False once the link has ended or is being closed. */
    boolean isOpen();

    /** Bytes sent that wait, not counting what the kernel has taken. */
    long queuedBytes();

    /** The other end. */
    InetSocketAddress remoteAddress();
}
