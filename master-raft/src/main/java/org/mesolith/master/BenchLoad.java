package org.mesolith.master;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mesolith.log.CommandLog;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Weight;
import org.mesolith.raft.RaftMember;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.Origin;
import org.mesolith.state.QuotaCommand;

/**
 * Durable commands at the port of the log, in the leader's process: so many under way at a time, one thread proposes.
 */
final class BenchLoad {
    private static final int SPANS_MAX = 4_000_000;
    private static final int OUTSTANDING_MAX = 4_096;
    private static final long ANSWER_SECONDS_MAX = 30;

    private final CommandLog log;
    private final long term;
    private final int outstanding;
    private final Semaphore free;
    private final long[] spans = new long[SPANS_MAX];
    private final AtomicInteger counted = new AtomicInteger();
    private volatile String trouble = "";

    BenchLoad(RaftMember member, int outstanding) {
        var status = member.cluster().status();
        if (!status.ready()) {
            throw new IllegalStateException("this member does not lead");
        }
        if (outstanding < 1 || outstanding > OUTSTANDING_MAX) {
            throw new IllegalArgumentException("outstanding commands must be 1 to " + OUTSTANDING_MAX);
        }
        this.log = member.log();
        this.term = status.term();
        this.outstanding = outstanding;
        this.free = new Semaphore(outstanding);
    }

    /** Runs and says {@code rate p50 p99}. */
    String run(int warmUpSeconds, int seconds) throws InterruptedException {
        long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        for (int number = 0; System.nanoTime() - end < 0 && trouble.isEmpty(); number++) {
            take(1);
            propose(number, begin, end);
        }
        take(outstanding);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(trouble);
        }
        int count = Math.min(counted.get(), SPANS_MAX);
        Arrays.sort(spans, 0, count);
        return String.format(
                Locale.ROOT, "%.0f %.3f %.3f", counted.get() / (double) seconds, at(count, 0.5), at(count, 0.99));
    }

    private void take(int permits) throws InterruptedException {
        if (!free.tryAcquire(permits, ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the log did not answer within " + ANSWER_SECONDS_MAX + " s");
        }
    }

    private void propose(int number, long begin, long end) {
        // A role that nobody uses; another weight each time, so that each command changes something.
        var weights = List.of(Weight.of("bench-nobody-" + number % outstanding, 1 + number % 7));
        var envelope = new Envelope(Actor.operator(null), Origin.CONSOLE, null, Instant.now(), term);
        long sent = System.nanoTime();
        var answer = log.propose(new Proposal(envelope, new QuotaCommand.SetWeights(weights)));
        var _ = answer.thenAccept(proposed -> {
            long now = System.nanoTime();
            if (!(proposed instanceof Proposed.Decided)) {
                trouble = "the log answered " + proposed;
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
