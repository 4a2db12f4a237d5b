package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.mesolith.base.EventQueue;

/** A queue whose clock only the test moves. */
final class SimQueue implements EventQueue {
    private record Due(Instant at, long number, Runnable event) {}

    private final PriorityQueue<Due> events =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long numbers;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void run(Runnable event) {
        runAfter(Duration.ZERO, event);
    }

    @Override
    public void runAfter(Duration delay, Runnable event) {
        events.add(new Due(now.plus(delay), numbers++, event));
    }

    /** Everything that is due now. */
    void settle() {
        advance(Duration.ZERO);
    }

    /** Everything that becomes due in this time, in its order. */
    void advance(Duration time) {
        var until = now.plus(time);
        while (!events.isEmpty() && !events.peek().at().isAfter(until)) {
            var due = events.poll();
            now = due.at();
            due.event().run();
        }
        now = until;
    }
}
