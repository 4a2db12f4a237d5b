package org.mesolith.http;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Limits;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.RecordIo;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.FrameworkStreams;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.StreamId;
import org.mesolith.wire.Outbox;

/**
 * The frameworks' open streams: encodes events and puts them into the streams' bounded outboxes. The operators' are
 * beside them.
 *
 * <p>A stream is made before its answer's head is sent, for its first events may come earlier; until the outbox is
 * there they wait in a queue of {@link #EARLY_FRAMES_MAX}.
 */
public final class EventStreams implements FrameworkStreams {
    private static final int EARLY_FRAMES_MAX = 64;

    private static final Outbox.Bounds EARLY = new Outbox.Bounds(EARLY_FRAMES_MAX, Limits.STREAM_BYTES_MAX);

    private final Map<StreamId, EarlyOutbox> streams = new ConcurrentHashMap<>();
    private final SchedulerCodec codec;
    private final WatchStreams operators = new WatchStreams(new OperatorCodec(CodecLimits.DEFAULT));
    private final AtomicLong eventsSent = new AtomicLong();
    private final AtomicLong endedFull = new AtomicLong();

    public EventStreams(SchedulerCodec codec) {
        this.codec = codec;
    }

    /** Those of operators. */
    public WatchStreams operators() {
        return operators;
    }

    /** Makes a stream ready for events. */
    void prepare(StreamId id, Encoding type) {
        streams.put(id, new EarlyOutbox(type, EARLY));
    }

    /** Gives a prepared stream its outbox; false when the stream was ended for good meanwhile. */
    boolean open(StreamId id, Outbox outbox, Runnable whenClosed) {
        var stream = streams.get(id);
        if (stream == null) {
            outbox.end(new byte[0]);
            return false;
        }
        outbox.onClosed(() -> {
            if (streams.remove(id) != null) {
                whenClosed.run();
            }
        });
        stream.attach(outbox);
        return true;
    }

    /** Forgets a stream that was never opened. */
    void forget(StreamId id) {
        streams.remove(id);
    }

    @Override
    public boolean send(StreamId id, SchedulerEvent event, List<FrameworkCapability> capabilities) {
        var stream = streams.get(id);
        if (stream == null) {
            return false;
        }
        boolean taken = stream.offer(RecordIo.encode(codec.encode(stream.type(), event, capabilities)));
        (taken ? eventsSent : endedFull).incrementAndGet();
        return taken;
    }

    @Override
    public void end(StreamId id, SchedulerEvent.@Nullable Failed last) {
        var stream = streams.get(id);
        if (stream == null) {
            return;
        }
        byte[] frame = last == null ? new byte[0] : RecordIo.encode(codec.encode(stream.type(), last, List.of()));
        if (stream.end(frame)) {
            streams.remove(id);
        }
    }

    /** Ends every stream: this master no longer leads, and clients find the new leader sooner when they are told. */
    public void endAll() {
        streams.keySet().forEach(id -> end(id, null));
        operators.endAll();
    }

    /** Streams open now. */
    public int open() {
        return streams.size();
    }

    /** Events handed to outboxes since the start. */
    public long eventsSent() {
        return eventsSent.get();
    }

    /** Events refused by a full outbox since the start; each ends its stream. */
    public long eventsRefused() {
        return endedFull.get();
    }
}
