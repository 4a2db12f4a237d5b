package org.mesolith.http;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.OperatorReply;
import org.mesolith.base.Limits;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.event.Reply;
import org.mesolith.metrics.Sample;
import org.mesolith.view.Sight;
import org.mesolith.wire.Body;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * Replies to reads of the cluster. Each is made in memory, so only a few are made at a time; one that is not large is
 * kept for the next reader until something changes. Any thread.
 */
final class ReadReplies {
    /** So many replies are kept at most; beyond, all of them are made anew. */
    private static final int KEPT_MAX = 64;

    /**
     * Which reply.
     *
     * @param what the call's name, or the path and query of a page
     * @param showsTasks it may be very long
     * @param principal for whom it was made, null for somebody without a name; of no meaning when it is whole
     * @param whole it is the same for everybody
     */
    record Key(
            String what,
            boolean showsTasks,
            Encoding type,
            @Nullable String principal,
            boolean whole) {
        /** For somebody who may see so much. */
        static Key of(OperatorCall.Read what, Encoding type, Sight sight) {
            return of(what.name(), ReadReplies.showsTasks(what), type, sight);
        }

        /** The same of a page. */
        static Key of(String what, boolean showsTasks, Encoding type, Sight sight) {
            boolean whole = sight.isWhole();
            return new Key(what, showsTasks, type, whole ? null : sight.principal(), whole);
        }
    }

    /** The view is only compared: it must not be kept alive, for it holds a whole registry. */
    private record Kept(WeakReference<Object> view, byte[] bytes) {}

    /**
     * What a read shows.
     *
     * @param view of one moment; the same object while nothing changes
     * @param taskCount how many tasks it shows if it shows tasks
     * @param make makes the reply
     */
    record Shown(Object view, LongSupplier taskCount, Supplier<OperatorReply> make) {}

    /** The same as bytes. */
    record Page(Object view, LongSupplier taskCount, Supplier<byte[]> make) {}

    private final OperatorCodec codec;
    private final int tasksMax;
    private final Semaphore places = new Semaphore(Limits.REPLIES_MADE_AT_ONCE_MAX, true);
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    private final AtomicLong hits = new AtomicLong();

    /**
     * @param tasksMax a read that would show more is refused
     */
    ReadReplies(OperatorCodec codec, int tasksMax) {
        this.codec = codec;
        this.tasksMax = tasksMax;
    }

    Sample shared() {
        return Sample.counter(
                "master/http_cache_hits", "Reads that were answered with what another one had made.", hits.get());
    }

    /** The answer to a read; 507 when it would show too many tasks, 503 when others take too long. */
    HttpAnswer.Full answer(HttpRequest request, Shown shown, Key key) throws InterruptedException {
        var page = new Page(shown.view, shown.taskCount, () -> codec.encode(key.type(), shown.make.get()));
        return answer(request, page, key);
    }

    HttpAnswer.Full answer(HttpRequest request, Page shown, Key key) throws InterruptedException {
        var what = key.what();
        var bytes = find(key, shown.view);
        if (bytes == null) {
            long tasks = key.showsTasks() ? shown.taskCount.getAsLong() : 0;
            if (key.showsTasks() && tasks > tasksMax) {
                return Problems.of(
                        new Reply.NoSpace("The reply to " + what + " would show " + tasks + " tasks, at most "
                                + tasksMax + " are shown at a time; GET_FRAMEWORKS, GET_AGENTS and"
                                + " /metrics/snapshot tell how many there are where"),
                        request);
            }
            var within = request.deadline().remaining();
            if (!places.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                return Problems.of(new Reply.Busy("other reads take all the room; try again in a second"), request);
            }
            try {
                bytes = find(key, shown.view);
                if (bytes == null) {
                    bytes = made(key, shown);
                }
            } finally {
                places.release();
            }
        }
        return HttpAnswer.of(200, key.type().contentType(), Body.of(bytes));
    }

    private byte[] made(Key key, Page shown) {
        var bytes = shown.make.get();
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        if (bytes.length <= Limits.REPLY_BYTES_KEPT_MAX) {
            kept.put(key, new Kept(new WeakReference<>(shown.view), bytes));
        } else {
            kept.remove(key);
        }
        return bytes;
    }

    private byte @Nullable [] find(Key key, Object view) {
        var found = kept.get(key);
        if (found == null || !found.view().refersTo(view)) {
            return null;
        }
        hits.incrementAndGet();
        return found.bytes();
    }

    private static boolean showsTasks(OperatorCall.Read what) {
        return what == OperatorCall.Read.GET_TASKS || what == OperatorCall.Read.GET_STATE;
    }
}
