package org.mesolith.http;

import java.lang.ref.WeakReference;
import java.util.List;
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
import org.mesolith.base.Check;
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
 * Replies to reads of the cluster. Each is made in memory, so only a few are made at a time, and of each kind one: who
 * comes while it is made waits for the next one, which serves all who wait. A reply is kept until something changes if
 * it is not very large. Any thread.
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
     * @param asked {@link System#nanoTime} of a moment after the read had come and before the view was taken: the reply
     *     serves every read that came before it
     * @param taskCount how many tasks it shows if it shows tasks
     * @param make makes the reply
     */
    record Shown(Object view, long asked, LongSupplier taskCount, Supplier<OperatorReply> make) {}

    /** The same as bytes. */
    record Page(Object view, long asked, LongSupplier taskCount, Supplier<byte[]> make) {}

    /**
     * Readers of the same thing who came while it was made: the last of them makes what serves all. They come and go
     * one at a time, in the computations of the map; what was made belongs to whose turn it is.
     */
    private static final class Flight {
        private final Semaphore turn = new Semaphore(1, true);
        private int readers;
        private volatile Page newest;
        private @Nullable Page made;
        private byte[] bytes = {};

        Flight(Page first) {
            newest = first;
        }

        Flight join(Page page) {
            readers++;
            if (page.asked - newest.asked > 0) {
                newest = page;
            }
            return this;
        }

        @Nullable
        Flight leave() {
            readers--;
            return readers == 0 ? null : this;
        }
    }

    private final OperatorCodec codec;
    private final int tasksMax;
    private final Semaphore places = new Semaphore(Limits.REPLIES_MADE_AT_ONCE_MAX, true);
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
    /** When each may be made again. */
    private final Map<Key, Long> rests = new ConcurrentHashMap<>();

    private final Map<Key, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong makes = new AtomicLong();

    /**
     * @param tasksMax a read that would show more is refused
     */
    ReadReplies(OperatorCodec codec, int tasksMax) {
        this.codec = codec;
        this.tasksMax = tasksMax;
    }

    List<Sample> samples() {
        return List.of(
                Sample.counter(
                        "master/http_cache_hits",
                        "Reads that were answered with what another one had made.",
                        hits.get()),
                Sample.counter(
                        "master/replies_made", "Replies to reads that were made; others shared them.", makes.get()));
    }

    /** The answer to a read; 507 when it would show too many tasks, 503 when others take too long. */
    HttpAnswer.Full answer(HttpRequest request, Shown shown, Key key) throws InterruptedException {
        return answer(request, page(shown, key), key);
    }

    private Page page(Shown shown, Key key) {
        return new Page(shown.view, shown.asked, shown.taskCount, () -> codec.encode(key.type(), shown.make.get()));
    }

    /** The same, made of this view and no newer one. */
    HttpAnswer.Full exactly(HttpRequest request, Shown shown, Key key) throws InterruptedException {
        return exactly(request, page(shown, key), key);
    }

    /** The same of a page. */
    HttpAnswer.Full answer(HttpRequest request, Page shown, Key key) throws InterruptedException {
        var bytes = find(key, shown.view);
        if (bytes == null) {
            var refusal = tooMany(request, shown, key);
            if (refusal != null) {
                return refusal;
            }
            var flight = Check.present(
                    flights.compute(key, (_, there) -> (there == null ? new Flight(shown) : there).join(shown)),
                    "the flight");
            try {
                bytes = together(request, shown, key, flight);
            } finally {
                flights.computeIfPresent(key, (_, there) -> there.leave());
            }
        }
        return bytes == null ? busy(request) : full(key, bytes);
    }

    /** The answer made of this view and no newer one. */
    HttpAnswer.Full exactly(HttpRequest request, Page shown, Key key) throws InterruptedException {
        var refusal = tooMany(request, shown, key);
        if (refusal != null) {
            return refusal;
        }
        var bytes = made(request, shown, key);
        return bytes == null ? busy(request) : full(key, bytes);
    }

    private static HttpAnswer.Full full(Key key, byte[] bytes) {
        return HttpAnswer.of(200, key.type().contentType(), Body.of(bytes));
    }

    private static HttpAnswer.Full busy(HttpRequest request) {
        return Problems.of(new Reply.Busy("other reads take all the room; try again in a second"), request);
    }

    private HttpAnswer.@Nullable Full tooMany(HttpRequest request, Page shown, Key key) {
        long tasks = key.showsTasks() ? shown.taskCount.getAsLong() : 0;
        return !key.showsTasks() || tasks <= tasksMax
                ? null
                : Problems.of(
                        new Reply.NoSpace("The reply to " + key.what() + " would show " + tasks + " tasks, at most "
                                + tasksMax + " are shown at a time; GET_FRAMEWORKS, GET_AGENTS and"
                                + " /metrics/snapshot tell how many there are where"),
                        request);
    }

    /** What was made for another reader since this one came, or is made now for all that wait; null: no room. */
    private byte @Nullable [] together(HttpRequest request, Page shown, Key key, Flight flight)
            throws InterruptedException {
        if (!flight.turn.tryAcquire(request.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            var last = flight.made;
            if (last != null && last.asked - shown.asked >= 0) {
                hits.incrementAndGet();
                return flight.bytes;
            }
            if (!rested(request, key)) {
                return null;
            }
            var newest = flight.newest;
            long began = System.nanoTime();
            var bytes = made(request, newest, key);
            if (bytes != null) {
                rest(key, began);
                flight.made = newest;
                flight.bytes = bytes;
            }
            return bytes;
        } finally {
            flight.turn.release();
        }
    }

    /**
     * What takes long to make is not made without a pause, however many ask: the leader has other work. Who comes in
     * the meantime shares the next one. False when the time of the call is over before that.
     */
    private boolean rested(HttpRequest request, Key key) throws InterruptedException {
        var until = rests.get(key);
        long left = until == null ? 0 : until - System.nanoTime();
        if (left <= 0) {
            return true;
        }
        long within = request.deadline().remaining().toNanos();
        TimeUnit.NANOSECONDS.sleep(Math.min(left, within));
        return left < within;
    }

    private void rest(Key key, long began) {
        long now = System.nanoTime();
        if (rests.size() >= KEPT_MAX) {
            rests.clear();
        }
        rests.put(key, now + Limits.REPLY_REST_TIMES * (now - began));
    }

    private byte @Nullable [] made(HttpRequest request, Page shown, Key key) throws InterruptedException {
        if (!places.tryAcquire(request.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            var there = find(key, shown.view);
            return there != null ? there : made(shown, key);
        } finally {
            places.release();
        }
    }

    private byte[] made(Page shown, Key key) {
        var bytes = shown.make.get();
        makes.incrementAndGet();
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
