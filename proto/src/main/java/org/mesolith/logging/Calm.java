package org.mesolith.logging;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Passes records on, but not a flood of them: of records that differ only in their numbers it lets a few through in a
 * span of time. The first one that passes later says how many were left out. Any thread.
 */
final class Calm extends Handler {
    /** Alike records let through in one span. */
    static final int ALIKE_MAX = 20;

    /** Kinds of records told apart in one span; what goes beyond is one kind. */
    static final int KINDS_MAX = 256;

    /** How long a span is, in milliseconds. */
    static final long SPAN_MILLIS = 10_000;

    private final List<Handler> behind;
    private final ReentrantLock lock = new ReentrantLock();

    // ---- guarded by the lock
    private final TreeMap<String, Integer> seen = new TreeMap<>();
    private long spanBegan;
    private int leftOut;

    Calm(List<Handler> behind) {
        this.behind = List.copyOf(behind);
    }

    @Override
    public void publish(LogRecord line) {
        lock.lock();
        try {
            passOrCount(line);
        } finally {
            lock.unlock();
        }
    }

    private void passOrCount(LogRecord line) {
        long now = line.getInstant().toEpochMilli();
        if (now < spanBegan || now - spanBegan >= SPAN_MILLIS) {
            spanBegan = now;
            seen.clear();
        }
        var kind = kind(line);
        int count = seen.merge(seen.containsKey(kind) || seen.size() < KINDS_MAX ? kind : "", 1, Integer::sum);
        if (count > ALIKE_MAX) {
            leftOut++;
            return;
        }
        if (leftOut > 0) {
            line.setMessage(line.getMessage() + " (before this " + leftOut + " lines were left out: too many alike)");
            leftOut = 0;
        }
        behind.forEach(handler -> handler.publish(line));
    }

    private static String kind(LogRecord line) {
        var thrown = line.getThrown();
        var what = line.getMessage() + (thrown == null ? "" : "\n" + thrown);
        return line.getLevel() + " " + line.getLoggerName() + " " + what.replaceAll("[0-9]+", "0");
    }

    @Override
    public void flush() {
        behind.forEach(Handler::flush);
    }

    @Override
    public void close() {
        behind.forEach(Handler::close);
    }
}
