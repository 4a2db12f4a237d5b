package org.mesolith.logging;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.EventQueue;
import org.mesolith.base.Limits;

/**
 * How much a process logs beyond its setting, for a while: 0 is what it was started with, as in Mesos, and goes on
 * after the while by itself. Any thread.
 */
public final class Verbosity {
    private final EventQueue clock;
    private final Log log;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long level;

    /** Counts the changes: an end that belongs to an earlier one finds nothing. Guarded by the lock. */
    private long changes;

    /** What is logged. */
    @FunctionalInterface
    public interface Log {
        /** From now on so much more than the setting says, 0 for what it says. */
        void verbose(long level);
    }

    /** @param clock that tells when the while is over */
    public Verbosity(EventQueue clock, Log log) {
        this.clock = clock;
        this.log = log;
    }

    /** The present level. */
    public long level() {
        return level;
    }

    /** What is wrong with a time, null for nothing. */
    public static @Nullable String problem(Duration time) {
        return time.isNegative() || time.compareTo(Limits.LOGGING_LEVEL_TIME_MAX) > 0
                ? time + " is not between 0 s and " + Limits.LOGGING_LEVEL_TIME_MAX.toDays() + " days"
                : null;
    }

    /**
     * Another level for so long; a later one takes its place.
     *
     * @throws IllegalArgumentException when the level is negative, or {@link #problem} names one
     */
    public void set(long wanted, Duration time) {
        var problem = wanted < 0 ? "the level is " + wanted : problem(time);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        long change = change(wanted);
        if (wanted != 0) {
            clock.runAfter(time, () -> end(change));
        }
    }

    private long change(long wanted) {
        lock.lock();
        try {
            level = wanted;
            log.verbose(wanted);
            return ++changes;
        } finally {
            lock.unlock();
        }
    }

    private void end(long change) {
        lock.lock();
        try {
            if (changes == change) {
                level = 0;
                log.verbose(0);
            }
        } finally {
            lock.unlock();
        }
    }
}
