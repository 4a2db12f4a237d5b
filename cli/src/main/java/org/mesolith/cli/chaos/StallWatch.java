package org.mesolith.cli.chaos;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.mesolith.check.history.Recorder;

/** Sees when the machine itself stood still: a thread that wants to wake up every 10 ms and was not let. */
final class StallWatch implements Load {
    private static final long TICK_NANOS = 10_000_000;
    private static final long STALL_NANOS_MIN = 200_000_000;

    private final Recorder history;

    StallWatch(Recorder history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "stall-watch";
    }

    @Override
    public void step() {
        long before = System.nanoTime();
        LockSupport.parkNanos(TICK_NANOS);
        long late = System.nanoTime() - before - TICK_NANOS;
        if (late >= STALL_NANOS_MIN) {
            history.seen(name(), "stall", Map.of("millis", Long.toString(late / 1_000_000)));
        }
    }
}
