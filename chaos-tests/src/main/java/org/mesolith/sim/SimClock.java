package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time: events run in order of their time, those of the same time in the order in which they were given. */
final class SimClock {
    /** Where every simulation begins. */
    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private record Planned(Instant at, long number, Runnable event) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private final ArrayDeque<Runnable> urgent = new ArrayDeque<>();
    private Instant now = START;
    private long lastNumber;
    private long ran;
    private long fingerprint;

    Instant now() {
        return now;
    }

    /** Time since the simulation began. */
    Duration elapsed() {
        return Duration.between(START, now);
    }

    /** Events that ran. */
    long eventCount() {
        return ran;
    }

    /** Hash of the times and numbers of all events that ran: two equal runs have equal ones. */
    long fingerprint() {
        return fingerprint;
    }

    void after(Duration delay, Runnable event) {
        planned.add(new Planned(now.plus(delay.isNegative() ? Duration.ZERO : delay), ++lastNumber, event));
    }

    /** Right behind the event that runs now, before anything else. */
    void next(Runnable event) {
        urgent.add(event);
    }

    /** Runs the next event; false when there is none. */
    boolean step() {
        var first = urgent.poll();
        if (first != null) {
            ran++;
            first.run();
            return true;
        }
        var next = planned.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        ran++;
        fingerprint = (fingerprint * 31 + next.number()) * 31 + elapsed().toNanos();
        next.event().run();
        return true;
    }

    /** Runs everything until this much time has passed. */
    void run(Duration time) {
        var end = now.plus(time);
        while (isDueBy(end)) {
            step();
        }
        now = end;
    }

    /** Runs until the condition holds, looked at this often; false when it did not within this time. */
    boolean runUntil(BooleanSupplier condition, Duration every, Duration within) {
        var end = now.plus(within);
        while (!condition.getAsBoolean()) {
            if (!now.isBefore(end)) {
                return false;
            }
            run(every);
        }
        return true;
    }

    private boolean isDueBy(Instant end) {
        var next = planned.peek();
        return !urgent.isEmpty() || (next != null && !next.at().isAfter(end));
    }
}
