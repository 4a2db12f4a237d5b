package org.mesolith.agent.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How one file comes along: moved by the thread that brings it, looked at by the one that watches. */
final class Pace {
    static final int CHUNK = 64 * 1024;

    private volatile boolean working;
    private volatile long movedAtNanos = System.nanoTime();
    private volatile long bytes;
    private volatile long expected = -1;

    /** From now on standing still counts. */
    void begin(long expectedBytes) {
        expected = expectedBytes;
        moved();
        working = true;
    }

    /** What follows may take its time: it waits for others. */
    void rest() {
        working = false;
    }

    void moved() {
        movedAtNanos = System.nanoTime();
    }

    /** Nanoseconds since it last moved; 0 while it rests. */
    long stillNanos() {
        return working ? System.nanoTime() - movedAtNanos : 0;
    }

    long bytes() {
        return bytes;
    }

    /** Bytes that the file will have; -1 when nobody has said. */
    long expected() {
        return expected;
    }

    /**
     * Somebody else writes the file, and it has this size now.
     *
     * @throws FetchException when that is more than {@code max}
     */
    void grown(long size, long max) throws FetchException {
        if (size > max) {
            throw tooLarge(max);
        }
        if (size > bytes) {
            bytes = size;
            moved();
        }
    }

    private static FetchException tooLarge(long max) {
        return new FetchException("it is larger than " + max + " bytes, the agent's limit (--fetcher_size_max)");
    }

    /**
     * Copies everything.
     *
     * @return how many bytes
     * @throws FetchException when there are more than {@code max}
     */
    long copy(InputStream from, OutputStream to, long max) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long copied = 0;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            copied += count;
            if (copied > max) {
                throw tooLarge(max);
            }
            to.write(buffer, 0, count);
            bytes = copied;
            moved();
            if (Thread.currentThread().isInterrupted()) {
                throw new java.io.InterruptedIOException("interrupted");
            }
        }
        return copied;
    }
}
