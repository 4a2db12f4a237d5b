package org.mesolith.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Those who wait until an index is applied here. Any thread; nobody's work is done on the thread that applies. */
final class AppliedWaits {
    private static final long NOBODY = Long.MAX_VALUE;

    /** Indices that are waited for at a time; above, nobody waits. */
    private static final int WAITS_MAX = 10_000;

    private final LongSupplier applied;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, CompletableFuture<Boolean>> waits = new TreeMap<>();

    /** The lowest index that somebody waits for: looked at for every entry, without the lock. */
    private volatile long lowest = NOBODY;

    /** @param applied the newest index that is applied; never goes back */
    AppliedWaits(LongSupplier applied) {
        this.applied = applied;
    }

    /** True once the index is applied; false when it was not within this time, or too many wait. */
    CompletableFuture<Boolean> until(long index, long millisMax) {
        if (applied.getAsLong() >= index) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> wait;
        lock.lock();
        try {
            if (waits.size() >= WAITS_MAX && !waits.containsKey(index)) {
                return CompletableFuture.completedFuture(false);
            }
            wait = waits.computeIfAbsent(index, _ -> new CompletableFuture<>());
            lowest = waits.firstKey();
        } finally {
            lock.unlock();
        }
        // It may have been applied between the look and the entry in the list.
        advanced();
        return wait.copy().completeOnTimeout(false, millisMax, TimeUnit.MILLISECONDS);
    }

    /** Something was applied. */
    void advanced() {
        long now = applied.getAsLong();
        if (now < lowest) {
            return;
        }
        for (var reached : take(now)) {
            var _ = reached.completeAsync(() -> true, Thread::startVirtualThread);
        }
    }

    private List<CompletableFuture<Boolean>> take(long upTo) {
        lock.lock();
        try {
            var reached = waits.headMap(upTo, true);
            var taken = new ArrayList<>(reached.values());
            reached.clear();
            lowest = waits.isEmpty() ? NOBODY : waits.firstKey();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
