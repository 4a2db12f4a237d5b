package org.mesolith.leader;

import java.time.Duration;
import java.util.SortedMap;

/** How long allocation rounds take on the leader's queue. One that takes longer than the interval is said aloud. */
final class RoundTimes {
    private static final System.Logger LOG = System.getLogger(RoundTimes.class.getName());

    private final Duration interval;
    private Duration last = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private long count;

    /**
     * @param interval between periodic rounds: the time that a round may take at most
     */
    RoundTimes(Duration interval) {
        this.interval = interval;
    }

    void took(Duration time) {
        last = time;
        longest = longest.compareTo(time) > 0 ? longest : time;
        count++;
        if (time.compareTo(interval) > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an allocation round took " + time.toMillis()
                            + " ms, which is longer than the allocation_interval of " + interval.toMillis()
                            + " ms: everything else waits for it; raise the interval");
        }
    }

    void show(SortedMap<String, Double> values) {
        values.put("allocator/mesos/allocation_run_ms", last.toNanos() / 1e6);
        values.put("allocator/mesos/allocation_run_ms/max", longest.toNanos() / 1e6);
        values.put("allocator/mesos/allocation_run_ms/count", (double) count);
    }
}
