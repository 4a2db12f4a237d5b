package org.mesolith.raft;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through the log, and how long entries take. Any thread. */
final class LogCounters {
    /** Bucket n counts entries that took less than 2^n microseconds; the last one all that took longer. */
    static final int BUCKETS = 24;

    private final LongAdder entries = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicLongArray took = new AtomicLongArray(BUCKETS);

    void sent(Pack pack) {
        entries.increment();
        commands.add(pack.commandCount());
        bytes.add(pack.getContent().size());
    }

    void over(Pack pack) {
        long micros = (System.nanoTime() - pack.since()) / 1_000;
        int bucket = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, micros));
        took.incrementAndGet(Math.min(bucket, BUCKETS - 1));
    }

    void full() {
        refused.increment();
    }

    long entries() {
        return entries.sum();
    }

    long commands() {
        return commands.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /** Commands refused because too many waited. */
    long refused() {
        return refused.sum();
    }

    /** How many entries fell into each bucket. */
    long[] took() {
        var copy = new long[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            copy[bucket] = took.get(bucket);
        }
        return copy;
    }
}
