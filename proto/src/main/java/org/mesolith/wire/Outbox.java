package org.mesolith.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written to one stream; bounded, so that a reader who does not read costs a known amount of
 * memory. All methods may be called from any thread and never block.
 *
 * <p>A frame is bytes that are ready to be sent (RecordIO already applied); frames that wait together leave in one
 * write, each in an HTTP chunk of its own.
 */
public interface Outbox {
    /**
     * Adds a frame. The array is not copied: do not change it afterwards. A frame larger than the bound in bytes is
     * taken only while nothing else waits.
     *
     * @return false if the outbox is full or closed. If full: the reader is too slow, {@link #end} the stream.
     */
    boolean offer(byte[] frame);

    /**
     * Ends the stream: what waits is dropped, {@code lastFrame} and the end of the answer are sent, the connection
     * is closed. If the reader does not take them within the deadline for ending streams, the connection is reset.
     * Later calls and frames are ignored.
     *
     * @param lastFrame may be empty
     */
    void end(byte[] lastFrame);

    /** Ends the stream after all that waits has been sent; cut by the same deadline as {@link #end}. */
    void close();

    /**
     * Runs the action exactly once when the stream has ended for any reason; at once, on the calling thread, if it has
     * already. Otherwise it runs on an event loop: it must not block. Several actions may be added.
     */
    void onClosed(Runnable action);

    /** False once the stream has ended or is being ended. */
    boolean isOpen();

    /** Frames that wait, not counting what the kernel has taken. */
    int queuedFrames();

    /** Bytes that wait, not counting what the kernel has taken. */
    long queuedBytes();

    /**
     * How much may wait in one outbox.
     *
     * @param endMax for the last frame to be taken, then the connection is cut; null for what the server gives all
     */
    record Bounds(int framesMax, long bytesMax, @Nullable Duration endMax) {
        /** With as long for the end as the server gives all. */
        public Bounds(int framesMax, long bytesMax) {
            this(framesMax, bytesMax, null);
        }

        /**
         * @throws IllegalArgumentException unless 1 to 1,000,000 frames and 1 KiB to 1 GiB
         */
        public Bounds {
            if (framesMax < 1 || framesMax > 1_000_000 || bytesMax < 1024 || bytesMax > 1L << 30) {
                throw new IllegalArgumentException("outbox bounds of " + framesMax + " frames and " + bytesMax
                        + " bytes: give 1 to 1000000 frames and 1024 to " + (1L << 30) + " bytes");
            }
        }
    }
}
