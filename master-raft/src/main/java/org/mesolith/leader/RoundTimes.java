package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import org.mesolith.metrics.TimeWindow;

/** How long things took in this term. An allocation round that takes longer than the interval is said aloud. */
final class RoundTimes {
    private static final System.Logger LOG = System.getLogger(RoundTimes.class.getName());

    private final Duration interval;
    private final TimeWindow rounds = new TimeWindow();
    private final TimeWindow waits = new TimeWindow();
    private final TimeWindow decisions = new TimeWindow();

    /**
     * @param interval between periodic rounds: the time that a round may take at most
     */
    RoundTimes(Duration interval) {
        this.interval = interval;
    }

    /**
     * A round was made.
     *
     * @param time on the leader's queue
     * @param waited from the wish for it to its beginning
     */
    void round(Instant now, Duration time, Duration waited) {
        rounds.add(now, time);
        waits.add(now, waited);
        if (time.compareTo(interval) > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an allocation round took " + time.toMillis()
                            + " ms, which is longer than the allocation_interval of " + interval.toMillis()
                            + " ms: everything else waits for it; raise the interval");
        }
    }

    /** A proposal was decided so long after it was made. */
    void decision(Instant now, Duration time) {
        decisions.add(now, time);
    }

    void show(LeaderMetrics.Sheet sheet, Instant now) {
        sheet.put("allocator/mesos/allocation_run_ms", rounds, now)
                .put("allocator/mesos/allocation_run_latency_ms", waits, now)
                .put("registrar/state_store_ms", decisions, now);
    }
}
