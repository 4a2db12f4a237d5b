package org.mesolith.wire;

import java.time.Duration;

/**
 * Bounds of a {@link Link}; the limit of frames must be the same on both ends.
 *
 * @param frameBytesMax largest frame, sent or received
 * @param queuedBytesMax how many bytes may wait to be sent; at least one frame
 * @param peerTimeout after this long without any sign of life from the peer's kernel the connection is given up
 * @param closeTimeout how long a closing link may take to write what waits
 */
public record LinkSettings(int frameBytesMax, long queuedBytesMax, Duration peerTimeout, Duration closeTimeout) {
    /** 8 MiB a frame, 32 MiB waiting, 10 s for a silent peer, 1 s to close. */
    public static final LinkSettings DEFAULT =
            new LinkSettings(8 << 20, 32 << 20, Duration.ofSeconds(10), Duration.ofSeconds(1));

    /**
     * @throws IllegalArgumentException naming all that is out of bounds
     */
    public LinkSettings {
        var complaints = new ServerSettings.Complaints("link");
        complaints.range("frame-bytes-max", frameBytesMax, 64, 1 << 30);
        complaints.range("queued-bytes-max", queuedBytesMax, frameBytesMax, 1L << 30);
        complaints.range("peer-timeout", peerTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
        complaints.range("close-timeout", closeTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        complaints.throwIfAny();
    }
}
