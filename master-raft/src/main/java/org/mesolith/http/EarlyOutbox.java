package org.mesolith.http;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.Outbox;

/**
 * The frames of one stream from the moment in which it is promised: first a bounded queue, then the outbox of its
 * answer, for its first events may come before the answer's head is sent. Any thread; never blocks for long.
 */
final class EarlyOutbox {
    /**
     * A frame that waits for the outbox.
     *
     * @param about what it tells of, null where nobody asks
     */
    private record Early(byte[] frame, @Nullable Object about) {}

    private final Encoding type;
    private final Outbox.Bounds bounds;
    private final Queue<Early> early = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long earlyBytes;
    private @Nullable Outbox outbox;
    private byte @Nullable [] lastFrame;

    /** @param bounds of what may come before the outbox is there */
    EarlyOutbox(Encoding type, Outbox.Bounds bounds) {
        this.type = type;
        this.bounds = bounds;
    }

    /** How its frames are encoded. */
    Encoding type() {
        return type;
    }

    /** False if it is full or has ended. */
    boolean offer(byte[] frame) {
        return offer(frame, null);
    }

    /** The same; whoever attaches the outbox may leave out what tells of {@code about}. */
    boolean offer(byte[] frame, @Nullable Object about) {
        lock.lock();
        try {
            if (outbox != null) {
                return outbox.offer(frame);
            }
            if (lastFrame != null
                    || early.size() >= bounds.framesMax()
                    || (!early.isEmpty() && earlyBytes + frame.length > bounds.bytesMax())) {
                return false;
            }
            earlyBytes += frame.length;
            return early.add(new Early(frame, about));
        } finally {
            lock.unlock();
        }
    }

    /** The outbox is there; what has waited goes into it. */
    void attach(Outbox opened) {
        attach(opened, List.of(), about -> true);
    }

    /**
     * The outbox is there.
     *
     * @param first frames before those that have waited
     * @param wanted whether what tells of this is still wanted
     */
    void attach(Outbox opened, List<byte[]> first, Predicate<Object> wanted) {
        lock.lock();
        try {
            outbox = opened;
            first.forEach(opened::offer);
            for (var one : early) {
                if (one.about == null || wanted.test(one.about)) {
                    opened.offer(one.frame);
                }
            }
            early.clear();
            if (lastFrame != null) {
                opened.end(lastFrame);
            }
        } finally {
            lock.unlock();
        }
    }

    /** False when the outbox is still to come: it will be ended as soon as it is there. */
    boolean end(byte[] last) {
        lock.lock();
        try {
            if (outbox == null) {
                lastFrame = last;
                return false;
            }
            outbox.end(last);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
