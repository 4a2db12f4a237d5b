package org.mesolith.raft;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.mesolith.base.Halt;
import org.mesolith.store.StorageException;

/**
 * Sees to it that the database on the disk is not far behind the one in memory. Its rows need no log of their own, for
 * the Raft log has everything; but what was not written to its files when the process died is applied again from there
 * before a new leader serves anybody, and the database writes by itself only after tens of megabytes.
 */
final class FlushKeeper {
    /** So much is applied again in a fraction of a second. */
    static final long ENTRIES_MAX = 10_000;

    /** Fewer are written after this time. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    private final LongSupplier applied;
    private final Runnable flush;
    private final Ending ending;
    private final LongSupplier nanos;
    private final AtomicBoolean flushing = new AtomicBoolean();

    /** What is on the disk at least, and since when. */
    private volatile long flushedUpTo;

    private volatile long flushedAt;

    /**
     * @param applied newest entry that is applied
     * @param flush blocks until everything that is applied is on the disk
     * @param nanos like {@link System#nanoTime}
     */
    FlushKeeper(LongSupplier applied, Runnable flush, Ending ending, LongSupplier nanos) {
        this.applied = applied;
        this.flush = flush;
        this.ending = ending;
        this.nanos = nanos;
        this.flushedUpTo = applied.getAsLong();
        this.flushedAt = nanos.getAsLong();
    }

    /** Every now and then; one thread. Does not block. */
    void look() {
        long upTo = applied.getAsLong();
        long entries = upTo - flushedUpTo;
        boolean due = entries >= ENTRIES_MAX || (entries > 0 && nanos.getAsLong() - flushedAt >= EVERY.toNanos());
        if (due && flushing.compareAndSet(false, true)) {
            Thread.ofPlatform().name("raft-flush").daemon(true).start(() -> flush(upTo));
        }
    }

    private void flush(long upTo) {
        try {
            flush.run();
            flushedUpTo = Math.max(flushedUpTo, upTo);
            flushedAt = nanos.getAsLong();
        } catch (StorageException failed) {
            ending.end(Halt.Code.STORAGE, "the database cannot be written: " + failed.getMessage(), failed);
        } catch (IllegalStateException closed) {
            LOG.log(System.Logger.Level.DEBUG, "the database was closed meanwhile", closed);
        } finally {
            flushing.set(false);
        }
    }
}
