package org.mesolith.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ObjDoubleConsumer;

/**
 * How long something took lately: the newest {@value #TIMES_MAX} times of the last hour, as Mesos' timers keep them.
 * One thread.
 */
public final class TimeWindow {
    private static final int TIMES_MAX = 1_000;
    private static final Duration AGE_MAX = Duration.ofHours(1);
    private static final double NANOS_PER_MILLI = 1e6;

    private record Time(Instant at, long nanos) {}

    private final Deque<Time> times = new ArrayDeque<>();

    /** It took so long, just now. */
    public void add(Instant now, Duration took) {
        if (times.size() >= TIMES_MAX) {
            times.removeFirst();
        }
        times.addLast(new Time(now, took.toNanos()));
    }

    /**
     * The last time and what is known of all, in milliseconds, each with the end of its name: nothing, {@code /count},
     * {@code /min}, {@code /max}, {@code /p50} to {@code /p9999}. Without any time only the count.
     */
    public void show(Instant now, ObjDoubleConsumer<String> shown) {
        while (!times.isEmpty() && times.getFirst().at().isBefore(now.minus(AGE_MAX))) {
            times.removeFirst();
        }
        shown.accept("/count", times.size());
        if (times.isEmpty()) {
            return;
        }
        var sorted = times.stream().mapToLong(Time::nanos).sorted().toArray();
        shown.accept("", times.getLast().nanos() / NANOS_PER_MILLI);
        shown.accept("/min", sorted[0] / NANOS_PER_MILLI);
        shown.accept("/max", sorted[sorted.length - 1] / NANOS_PER_MILLI);
        shown.accept("/p50", at(sorted, 0.5));
        shown.accept("/p90", at(sorted, 0.9));
        shown.accept("/p95", at(sorted, 0.95));
        shown.accept("/p99", at(sorted, 0.99));
        shown.accept("/p999", at(sorted, 0.999));
        shown.accept("/p9999", at(sorted, 0.9999));
    }

    /** Between two times the nearer one counts more. */
    private static double at(long[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return (sorted[below] + (place - below) * (sorted[above] - sorted[below])) / NANOS_PER_MILLI;
    }
}
