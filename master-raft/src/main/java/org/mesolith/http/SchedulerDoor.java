package org.mesolith.http;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.Limits;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.Decoded;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.StreamId;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Outbox;

/** {@code POST /api/v1/scheduler}: the frameworks' door. */
final class SchedulerDoor {
    static final String STREAM_ID = "Mesos-Stream-Id";

    /** A framework may lose very many tasks at a time, and is told of each. */
    private static final Outbox.Bounds STREAM_BOUNDS =
            new Outbox.Bounds(Limits.STREAM_FRAMES_MAX, Limits.STREAM_BYTES_MAX);

    private final LeaderCalls leader;
    private final EventStreams streams;
    private final SchedulerCodec codec;
    private final Authenticator authenticator;

    SchedulerDoor(LeaderCalls leader, EventStreams streams, SchedulerCodec codec, Authenticator authenticator) {
        this.leader = leader;
        this.streams = streams;
        this.codec = codec;
        this.authenticator = authenticator;
    }

    HttpAnswer answer(HttpRequest request) {
        return switch (CallPath.who(request, authenticator, Authenticator.Realm.SCHEDULER)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> answer(request, principal);
        };
    }

    private HttpAnswer answer(HttpRequest request, @Nullable String principal) {
        return switch (CallPath.check(request, leader.standing())) {
            case CallPath.Head.Refused(var answer) -> answer;
            case CallPath.Head.Good(var type) ->
                switch (codec.decode(type, request.body().bytes())) {
                    case Decoded.Refused<SchedulerRequest> refused -> Problems.badRequest(refused.text());
                    case Decoded.Ok<SchedulerRequest>(var call) -> called(request, call, principal);
                };
        };
    }

    private HttpAnswer called(HttpRequest request, SchedulerRequest call, @Nullable String principal) {
        var caller = CallPath.caller(request, principal);
        if (caller == null) {
            return CallPath.badRequestKey();
        }
        var stream = request.headers().first(STREAM_ID).map(StreamId::new).orElse(null);
        return switch (call.call()) {
            case SchedulerCall.Subscribe _ -> subscribe(request, call, stream, caller);
            // Mesos once meant to answer it with a body, and looks whether that could be read.
            case SchedulerCall.ReconcileOperations _
            when Negotiation.accepted(request.headers()) == null -> CallPath.notAcceptable();
            case SchedulerCall.Teardown _,
                    SchedulerCall.Accept _,
                    SchedulerCall.Decline _,
                    SchedulerCall.Revive _,
                    SchedulerCall.Suppress _,
                    SchedulerCall.Kill _,
                    SchedulerCall.Acknowledge _,
                    SchedulerCall.Reconcile _,
                    SchedulerCall.Shutdown _,
                    SchedulerCall.Message _,
                    SchedulerCall.Request _,
                    SchedulerCall.UpdateFramework _,
                    SchedulerCall.AnswerInverseOffers _,
                    SchedulerCall.AcknowledgeOperation _,
                    SchedulerCall.ReconcileOperations _,
                    SchedulerCall.Unknown _,
                    SchedulerCall.NotSupported _ ->
                Problems.of(leader.ask(call, stream, caller, within(request)), request);
        };
    }

    private HttpAnswer subscribe(HttpRequest request, SchedulerRequest call, @Nullable StreamId given, Caller caller) {
        var type = Negotiation.accepted(request.headers());
        if (type == null) {
            return CallPath.notAcceptable();
        }
        if (given != null) {
            return Problems.badRequest("Subscribe calls should not include the '" + STREAM_ID + "' header");
        }
        if (request.callerLeft().getAsBoolean()) {
            // It waited here for a leader and gave up; its next attempt must not be ended by this one.
            return Problems.later("The caller closed its side before the subscription began; it was not performed");
        }
        var stream = new StreamId(UUID.randomUUID().toString());
        streams.prepare(stream, type);
        var reply = leader.subscribe(call, stream, caller, within(request));
        if (!(reply instanceof Reply.Done)) {
            streams.forget(stream);
            leader.streamClosed(stream);
            return Problems.of(reply, request);
        }
        return new HttpAnswer.Streaming(
                200,
                Headers.of("Content-Type", type.contentType(), STREAM_ID, stream.value()),
                Optional.of(STREAM_BOUNDS),
                outbox -> streams.open(stream, outbox, () -> leader.streamClosed(stream)));
    }

    private static Duration within(HttpRequest request) {
        return request.deadline().remaining();
    }
}
