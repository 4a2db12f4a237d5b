package org.mesolith.leader;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What this master is in its group now, and a place to wait until that is clear. Any thread. */
final class Place {
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

    /** Until this master leads or knows who does, at most so long. */
    void awaitSettled(Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lock();
        try {
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
