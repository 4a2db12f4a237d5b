package org.mesolith.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.mesolith.log.Barrier;

/**
 * Readers that share questions to other members: few rounds are under way at a time, and readers that come meanwhile
 * share the next one, which begins after they came. Any thread.
 */
final class SharedRounds {
    /** Readers that wait; above, they are refused. */
    private static final int READERS_MAX = 16_384;

    /** With one, a reader that just missed a round waits for two; each more costs the members more questions. */
    private static final int ROUNDS_MAX = 2;

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
    private int underWay;

    SharedRounds(Round round) {
        this.round = round;
    }

    /** False: full. */
    boolean add(CompletableFuture<Barrier> reader) {
        boolean free;
        lock.lock();
        try {
            if (next.size() >= READERS_MAX) {
                return false;
            }
            next.add(reader);
            free = underWay < ROUNDS_MAX;
            underWay += free ? 1 : 0;
        } finally {
            lock.unlock();
        }
        if (free) {
            begin();
        }
        return true;
    }

    /** For one round counted as under way: takes those who wait and asks for them; then for those who came since. */
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
            underWay -= taken.isEmpty() ? 1 : 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
