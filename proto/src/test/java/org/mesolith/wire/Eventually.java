package org.mesolith.wire;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;

/** Waits for a condition, with a deadline. */
final class Eventually {
    private Eventually() {}

    static void eventually(String what, Callable<Boolean> condition) throws Exception {
        Deadline deadline = Deadline.after(Duration.ofSeconds(30));
        while (!condition.call()) {
            if (deadline.hasPassed()) {
                Assertions.fail("not within 30 s: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
