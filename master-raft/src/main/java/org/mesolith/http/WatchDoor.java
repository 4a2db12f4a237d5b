package org.mesolith.http;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorEvent;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.RecordIo;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.Watched;
import org.mesolith.model.StreamId;
import org.mesolith.view.LeaderView;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Outbox;

/**
 * SUBSCRIBE of operators: a picture of the cluster, and behind it whatever changes it, with no gap and nothing twice.
 *
 * <pre>
 *   stream is ready ──► leader's turn: view, and from then on events ──► picture is encoded ──► head, picture, events
 *                                          └── wait in the stream ──────────────────────────────────────┘
 * </pre>
 */
final class WatchDoor {
    /** What is kept and shared like a reply to a read; no call has this name. */
    private static final String SNAPSHOT = "SUBSCRIBE";

    private static final long STREAM_BYTES_MAX = 1L << 30;

    private final LeaderCalls leader;
    private final WatchStreams streams;
    private final ReadReplies replies;
    private final OperatorCodec codec;
    private final Gate gate;

    WatchDoor(LeaderCalls leader, WatchStreams streams, ReadReplies replies, OperatorCodec codec, Gate gate) {
        this.leader = leader;
        this.streams = streams;
        this.replies = replies;
        this.codec = codec;
        this.gate = gate;
    }

    HttpAnswer answer(HttpRequest request, @Nullable String principal, Encoding type) throws InterruptedException {
        var sight = gate.sight(principal);
        var stream = new StreamId(UUID.randomUUID().toString());
        streams.prepare(stream, type, sight);
        HttpAnswer.Full refusal;
        switch (leader.watch(stream, request.deadline().remaining())) {
            case Watched.Refused(var reply) -> refusal = Problems.of(reply, request);
            case Watched.Begun begun -> {
                var key = ReadReplies.Key.of(SNAPSHOT, true, type, sight);
                var first = replies.exactly(request, page(begun, type, principal), key);
                if (first.status() == 200) {
                    return opened(stream, type, first.body().bytes(), begun.view(), principal);
                }
                refusal = first;
            }
        }
        streams.forget(stream);
        leader.streamClosed(stream);
        return refusal;
    }

    private ReadReplies.Page page(Watched.Begun begun, Encoding type, @Nullable String principal) {
        var view = begun.view();
        return new ReadReplies.Page(view, System.nanoTime(), view::taskCount, () -> {
            var seen = gate.sight(principal).of(view.state(), view.registry());
            return RecordIo.encode(codec.encode(type, new OperatorEvent.Subscribed(seen, begun.heartbeat())));
        });
    }

    private HttpAnswer opened(
            StreamId stream, Encoding type, byte[] snapshot, LeaderView view, @Nullable String principal) {
        var hidden = gate.sight(principal).hiddenTasks(view);
        // The picture takes its own room: behind it as much may wait as behind a small one.
        var bounds = new Outbox.Bounds(
                WatchStreams.BOUNDS.framesMax(),
                Math.min(STREAM_BYTES_MAX, WatchStreams.BOUNDS.bytesMax() + snapshot.length));
        return new HttpAnswer.Streaming(
                200,
                Headers.of("Content-Type", type.contentType()),
                Optional.of(bounds),
                outbox -> streams.open(stream, outbox, snapshot, hidden, () -> leader.streamClosed(stream)));
    }
}
