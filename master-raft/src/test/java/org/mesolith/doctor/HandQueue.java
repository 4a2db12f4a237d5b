package org.mesolith.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mesolith.base.EventQueue;

/** A queue whose clock a test moves by hand. */
final class HandQueue implements EventQueue {
    private record Timer(Instant at, Runnable event) {}

    private final List<Timer> timers = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void run(Runnable event) {
        event.run();
    }

    @Override
    public void runAfter(Duration delay, Runnable event) {
        timers.add(new Timer(now.plus(delay), event));
    }

    /** Lets time pass, and runs what becomes due. */
    void pass(Duration span) {
        var until = now.plus(span);
        while (true) {
            var due = timers.stream()
                    .filter(timer -> !timer.at.isAfter(until))
                    .min(Comparator.comparing(Timer::at))
                    .orElse(null);
            if (due == null) {
                break;
            }
            timers.remove(due);
            now = due.at;
            due.event.run();
        }
        now = until;
    }
}
