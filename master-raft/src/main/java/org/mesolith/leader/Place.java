package org.mesolith.leader;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What this master is in its group now, and a place to wait until that is clear. Any thread. */
final class Place {
    private static final long MOMENT_NANOS = Duration.ofMillis(10).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Standing now = new Standing.Following(null);

    Standing now() {
        return now;
    }

    void is(Standing other) {
        lock.lock();
        try {
            now = other;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Until this leads or knows who does, at most so long. If that is so already and nothing has changed since
     * {@code before}, a change is on its way, of which nothing can be told yet: then only for a moment.
     */
    void awaitSettled(Standing before, Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lock();
        try {
            long moment = Math.min(left, MOMENT_NANOS);
            while (isSettled() && now.equals(before) && moment > 0) {
                moment = changed.awaitNanos(moment);
            }
            while (!isSettled() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isSettled() {
        return switch (now) {
            case Standing.Leading _ -> true;
            case Standing.Electing _ -> false;
            case Standing.Following(var address) -> address != null;
        };
    }
}
