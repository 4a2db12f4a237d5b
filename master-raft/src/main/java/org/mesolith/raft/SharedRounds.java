package org.mesolith.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.log.Barrier;

/**
 * Readers that share questions to other members: one round is under way at a time, and readers that come meanwhile
 * share the next one, which begins after they came. Any thread.
 */
final class SharedRounds {
    /** Readers that wait; above, they are refused. */
    private static final int READERS_MAX = 16_384;

    /** One question for all who wait. */
    interface Round {
        /**
         * Asks; does not block.
         *
         * @return what answers these readers with what was found out; never fails, and runs after the next round has
         *     begun, on a thread that may wait
         */
        CompletableFuture<Runnable> ask(List<CompletableFuture<Barrier>> readers);
    }

    private final Round round;
    private final ReentrantLock lock = new ReentrantLock();

    // ---- with the lock
    private List<CompletableFuture<Barrier>> next = new ArrayList<>();
    private boolean asking;

    SharedRounds(Round round) {
        this.round = round;
    }

    /** False: full. */
    boolean add(CompletableFuture<Barrier> reader) {
        boolean first;
        lock.lock();
        try {
            if (next.size() >= READERS_MAX) {
                return false;
            }
            next.add(reader);
            first = !asking;
            asking = true;
        } finally {
            lock.unlock();
        }
        if (first) {
            begin();
        }
        return true;
    }

    /** Takes those who wait and asks for them; afterwards for those who came meanwhile. */
    private void begin() {
        var readers = taken();
        if (readers.isEmpty()) {
            return;
        }
        var _ = round.ask(readers)
                .thenAcceptAsync(
                        answers -> {
                            begin();
                            answers.run();
                        },
                        Thread::startVirtualThread);
    }

    private List<CompletableFuture<Barrier>> taken() {
        lock.lock();
        try {
            var taken = next;
            next = new ArrayList<>();
            asking = !taken.isEmpty();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
