package org.mesolith.cli.client;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * How long something may still take: until one moment, or a span for each single read. Safe to share between threads.
 */
public final class Deadline {

    private final long spanNanos;
    private final long startNanos;
    private final boolean renewed;

    private Deadline(Duration span, boolean renewed) {
        this.spanNanos = span.toNanos();
        this.startNanos = System.nanoTime();
        this.renewed = renewed;
    }

    /** Everything together must be done within {@code span} from now. */
    public static Deadline after(Duration span) {
        return new Deadline(span, false);
    }

    /** Each single read may take {@code span}: for streams that live as long as something comes. */
    public static Deadline eachRead(Duration span) {
        return new Deadline(span, true);
    }

    /** A deadline that ends with this one, but not later than {@code span} from now. */
    public Deadline atMost(Duration span) {
        return span.toNanos() < nanosLeft() ? after(span) : this;
    }

    /** Nanoseconds left, 0 when it has passed. */
    public long nanosLeft() {
        return renewed ? spanNanos : Math.max(0, spanNanos - (System.nanoTime() - startNanos));
    }

    /** True when no time is left. */
    public boolean hasPassed() {
        return nanosLeft() == 0;
    }

    /** What is left as a socket timeout: at least 1 ms. */
    int socketTimeoutMillis() throws SocketTimeoutException {
        long left = nanosLeft();
        if (left == 0) {
            throw new SocketTimeoutException(
                    "no answer within " + Duration.ofNanos(spanNanos).toMillis() + " ms");
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, left / 1_000_000));
    }
}
