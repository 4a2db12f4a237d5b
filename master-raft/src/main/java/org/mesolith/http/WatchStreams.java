package org.mesolith.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorEvent;
import org.mesolith.base.Limits;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.RecordIo;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.OperatorStreams;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Registry;
import org.mesolith.view.Sight;
import org.mesolith.wire.Outbox;

/**
 * The operators' open streams: each event is encoded once for all who may see everything, and once more for each of the
 * others, without what that one may not see. Who reads too slowly is ended.
 */
public final class WatchStreams implements OperatorStreams {
    /** What may wait for one reader, before and after its answer has begun. */
    static final Outbox.Bounds BOUNDS = new Outbox.Bounds(Limits.STREAM_FRAMES_MAX, Limits.STREAM_BYTES_MAX);

    /** So many tasks are remembered as hidden from somebody before it is looked which of them are over. */
    private static final int HIDDEN_KEPT = 10_000;

    private final Map<StreamId, Watch> streams = new ConcurrentHashMap<>();
    private final OperatorCodec codec;
    private final AtomicLong endedFull = new AtomicLong();

    WatchStreams(OperatorCodec codec) {
        this.codec = codec;
    }

    /** One reader. */
    private static final class Watch {
        private final EarlyOutbox frames;
        private final Sight sight;
        private final Set<TaskKey> hidden = ConcurrentHashMap.newKeySet();
        private volatile int hiddenMax = HIDDEN_KEPT;

        Watch(Encoding type, Sight sight) {
            this.frames = new EarlyOutbox(type, BOUNDS);
            this.sight = sight;
        }

        private void hide(TaskKey task, Registry after) {
            hidden.add(task);
            if (hidden.size() > hiddenMax) {
                hidden.removeIf(one -> after.task(one) == null);
                hiddenMax = HIDDEN_KEPT + 2 * hidden.size();
            }
        }
    }

    /** Makes a stream ready for events. */
    void prepare(StreamId id, Encoding type, Sight sight) {
        streams.put(id, new Watch(type, sight));
    }

    /** Forgets a stream that was never opened. */
    void forget(StreamId id) {
        streams.remove(id);
    }

    /**
     * Gives a prepared stream its outbox.
     *
     * @param snapshot the first frame
     * @param hidden tasks of the snapshot that are not in it, because they are not shown
     * @return false when the stream was ended for good meanwhile
     */
    boolean open(StreamId id, Outbox outbox, byte[] snapshot, Set<TaskKey> hidden, Runnable whenClosed) {
        var watch = streams.get(id);
        if (watch == null) {
            outbox.end(new byte[0]);
            return false;
        }
        outbox.onClosed(() -> {
            if (streams.remove(id) != null) {
                whenClosed.run();
            }
        });
        watch.hidden.addAll(hidden);
        var beat = frame(watch.frames.type(), new OperatorEvent.Heartbeat());
        watch.frames.attach(
                outbox,
                List.of(snapshot, beat),
                about -> !(about instanceof TaskKey task) || !watch.hidden.contains(task));
        return true;
    }

    @Override
    public List<StreamId> send(List<StreamId> to, OperatorEvent event, Registry after) {
        var whole = new EnumMap<Encoding, byte[]>(Encoding.class);
        var gone = new ArrayList<StreamId>();
        for (var id : to) {
            var watch = streams.get(id);
            if (watch == null) {
                gone.add(id);
                continue;
            }
            var frame = watch.sight.isWhole()
                    ? whole.computeIfAbsent(watch.frames.type(), type -> frame(type, event))
                    : frame(watch, event, after);
            if (frame != null && !watch.frames.offer(frame, about(event))) {
                endedFull.incrementAndGet();
                end(id);
                gone.add(id);
            }
        }
        return gone;
    }

    private byte @Nullable [] frame(Watch watch, OperatorEvent event, Registry after) {
        var seen = watch.sight.of(event, after, watch.hidden::contains);
        if (seen == null && event instanceof OperatorEvent.TaskAdded(var task)) {
            watch.hide(task.key(), after);
        }
        return seen == null ? null : frame(watch.frames.type(), seen);
    }

    private byte[] frame(Encoding type, OperatorEvent event) {
        return RecordIo.encode(codec.encode(type, event));
    }

    /** Only of an update one cannot tell whose task it is. */
    private static @Nullable TaskKey about(OperatorEvent event) {
        return event instanceof OperatorEvent.TaskUpdated(var task, var _, var _) ? task : null;
    }

    @Override
    public void end(StreamId id) {
        var watch = streams.get(id);
        if (watch != null && watch.frames.end(new byte[0])) {
            streams.remove(id);
        }
    }

    /** Ends every stream: this master no longer leads. */
    void endAll() {
        streams.keySet().forEach(this::end);
    }

    /** Streams that were ended because their readers were too slow, since the start. */
    public long endedFull() {
        return endedFull.get();
    }
}
