package org.mesolith.base;

import java.time.Duration;
import java.time.Instant;

/**
 * The only door to clock and threads: events run one at a time, in the order they were given, on one thread.
 *
 * <p>Real processes use {@link ThreadQueue}; a simulation runs every queue of a cluster on one virtual clock.
 */
public interface EventQueue {
    /** The present time of this queue, UTC, at least microseconds; never goes backwards. Any thread. */
    Instant now();

    /** Runs the event after all events given before it. Any thread; never blocks. */
    void run(Runnable event);

    /** Runs the event when at least this much time has passed. Timers are not cancelled: a late one finds nothing. */
    void runAfter(Duration delay, Runnable event);
}
