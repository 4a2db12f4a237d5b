package org.mesolith.wire;

import java.time.Duration;

/**
 * The moment after which nobody waits for an answer any more, on the monotonic clock of this process.
 *
 * @param atNanos the moment as {@link System#nanoTime} counts; it means nothing in another process
 */
public record Deadline(long atNanos) {
    /** So long from now. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left; zero once it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean hasPassed() {
        return atNanos - System.nanoTime() <= 0;
    }
}
