package org.mesolith.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.base.EventQueue;

/** A queue whose timers fire when the test says so. */
final class StillQueue implements EventQueue {
    private final List<Runnable> timers = new ArrayList<>();

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public void run(Runnable event) {
        event.run();
    }

    @Override
    public void runAfter(Duration delay, Runnable event) {
        timers.add(event);
    }

    /** Every time has passed. */
    void fire() {
        List.copyOf(timers).forEach(Runnable::run);
        timers.clear();
    }
}
