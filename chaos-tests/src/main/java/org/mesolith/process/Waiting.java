package org.mesolith.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for something outside this process, always with a deadline and a reason. */
public final class Waiting {

    private static final long PAUSE_NANOS = 20_000_000;

    private Waiting() {}

    /** What is missing; the empty text when nothing is. */
    public interface Condition extends Supplier<String> {}

    /**
     * Asks again and again until nothing is missing.
     *
     * @param what for the message, for example {@code "a leader"}
     * @throws IllegalStateException at the deadline, with what was missing last; or when the thread is interrupted
     */
    public static void until(String what, Duration max, Condition missing) {
        long start = System.nanoTime();
        String last = missing.get();
        while (!last.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for " + what + "; missing: " + last);
            }
            boolean over = System.nanoTime() - start > max.toNanos();
            LockSupport.parkNanos(PAUSE_NANOS);
            // Also once more when the time is over: this process may have been held up itself.
            last = missing.get();
            if (over && !last.isEmpty()) {
                throw new IllegalStateException(
                        "waited " + max.toMillis() + " ms for " + what + " in vain; missing: " + last);
            }
        }
    }
}
