package org.mesolith.master;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** So many of one kind of work under way at a time, in a master's process; one thread begins them. */
final class BenchLoad {
    private static final int SPANS_MAX = 4_000_000;
    private static final int OUTSTANDING_MAX = 4_096;
    private static final long ANSWER_SECONDS_MAX = 30;

    /** What is measured. */
    interface Work {
        /**
         * Begins the next one; never blocks.
         *
         * @return completes with the empty text when it was done as wanted, else with what it was answered
         */
        CompletableFuture<String> begin(int number);
    }

    private final Work work;
    private final int outstanding;
    private final Semaphore free;
    private final long[] spans = new long[SPANS_MAX];
    private final AtomicInteger counted = new AtomicInteger();
    private volatile String trouble = "";

    BenchLoad(Work work, int outstanding) {
        if (outstanding < 1 || outstanding > OUTSTANDING_MAX) {
            throw new IllegalArgumentException("what is under way at a time must be 1 to " + OUTSTANDING_MAX);
        }
        this.work = work;
        this.outstanding = outstanding;
        this.free = new Semaphore(outstanding);
    }

    /** Runs and says {@code rate p50 p99 max}; times in milliseconds. */
    String run(int warmUpSeconds, int seconds) throws InterruptedException {
        long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        for (int number = 0; System.nanoTime() - end < 0 && trouble.isEmpty(); number++) {
            take(1);
            begin(number, begin, end);
        }
        take(outstanding);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(trouble);
        }
        int count = Math.min(counted.get(), SPANS_MAX);
        Arrays.sort(spans, 0, count);
        return String.format(
                Locale.ROOT,
                "%.0f %.3f %.3f %.3f",
                counted.get() / (double) seconds,
                at(count, 0.5),
                at(count, 0.99),
                at(count, 1));
    }

    private void take(int permits) throws InterruptedException {
        if (!free.tryAcquire(permits, ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no answer within " + ANSWER_SECONDS_MAX + " s");
        }
    }

    private void begin(int number, long begin, long end) {
        long sent = System.nanoTime();
        var _ = work.begin(number).whenComplete((wrong, fault) -> {
            long now = System.nanoTime();
            if (fault != null) {
                trouble = fault.toString();
            } else if (!wrong.isEmpty()) {
                trouble = wrong;
            } else if (sent - begin >= 0 && now - end < 0) {
                int place = counted.getAndIncrement();
                if (place < SPANS_MAX) {
                    spans[place] = now - sent;
                }
            }
            free.release();
        });
    }

    private double at(int count, double share) {
        return count == 0 ? 0 : spans[Math.clamp((int) Math.ceil(share * count) - 1, 0, count - 1)] / 1e6;
    }
}
