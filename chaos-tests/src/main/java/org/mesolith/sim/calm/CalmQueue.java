package org.mesolith.sim.calm;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.mesolith.base.EventQueue;

/** Virtual time that moves only when it is told to. */
public final class CalmQueue implements EventQueue {
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    /** Shorter waits, such as those for company on the way to the log, take no time here. */
    private static final Duration MOMENT = Duration.ofMillis(10);

    /**
     * An event.
     *
     * @param moments nanoseconds that are not counted but keep the order of events of one time
     */
    private record Due(Instant at, long moments, long number, Runnable event) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            int byMoments = byTime != 0 ? byTime : Long.compare(moments, other.moments);
            return byMoments != 0 ? byMoments : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Due> events = new PriorityQueue<>();
    private Instant now = START;
    private long moments;
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
        boolean brief = delay.compareTo(MOMENT) < 0;
        events.add(new Due(brief ? now : now.plus(delay), brief ? moments + delay.toNanos() : 0, numbers++, event));
    }

    /** Everything that is due now. */
    void settle() {
        advance(Duration.ZERO);
    }

    /** Everything that becomes due in this time, in its order. */
    void advance(Duration time) {
        var until = now.plus(time);
        for (var next = events.peek(); next != null && !next.at().isAfter(until); next = events.peek()) {
            events.remove();
            moments = next.at().equals(now) ? next.moments() : 0;
            now = next.at();
            next.event().run();
        }
        moments = until.equals(now) ? moments : 0;
        now = until;
    }
}
