package org.mesolith.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.EventQueue;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.http.EventStreams;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.leader.LeaderMetrics;
import org.mesolith.leader.Pictured;
import org.mesolith.leader.Standing;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.Watched;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.StreamId;
import org.mesolith.sim.calm.CalmDoors;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/**
 * The HTTP doors of one master process: the real checks of a call's head and body. Nobody waits in a world of one
 * thread, so a call that passed them goes on to the leader when the door has let go of it.
 */
final class SimDoor {
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final int PORT = 40_000;

    private final LeaderCalls leader;
    private final HttpHandler routes;
    private Supplier<StreamId> opens = () -> new StreamId("none");
    private Consumer<SchedulerRequest> hears = request -> {};
    private @Nullable Consumer<Consumer<Reply>> passed;

    SimDoor(LeaderCalls leader, EventQueue clock) {
        this.leader = leader;
        var streams = new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT));
        this.routes = new CalmDoors(null, Authenticator.OPEN).routes(new Passage(), streams, clock);
    }

    /** Somebody wants to know of every scheduler call that passes. */
    void watch(Consumer<SchedulerRequest> then) {
        hears = then;
    }

    /**
     * A call.
     *
     * @param stream names and opens the stream, when the call is one that subscribes and passes
     * @param then is told the reply, once
     */
    void call(Parcel.Call call, Supplier<StreamId> stream, Consumer<Reply> then) {
        opens = stream;
        passed = null;
        var answer = answer(request(call));
        var waiting = passed;
        passed = null;
        if (waiting == null) {
            then.accept(refusal(answer));
        } else {
            waiting.accept(then);
        }
    }

    private HttpAnswer answer(HttpRequest request) {
        try {
            return routes.answer(request);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a simulation was interrupted", stop);
        }
    }

    private static HttpRequest request(Parcel.Call call) {
        var headers = Headers.of(
                        "Content-Type",
                        call.type().contentType(),
                        "Accept",
                        call.type().contentType())
                .with("Host", "master");
        var stream = call.stream();
        if (stream != null) {
            headers = headers.with("Mesos-Stream-Id", stream.value());
        }
        var key = call.requestKey();
        if (key != null) {
            headers = headers.with("Idempotency-Key", key);
        }
        return new HttpRequest(
                "POST",
                call.path(),
                call.path(),
                Query.NONE,
                headers,
                Body.of(call.body()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT),
                Deadline.after(FOR_EVER),
                false);
    }

    /** What the door said itself: that another master leads, or none. Whatever else it says is a broken codec. */
    private static Reply refusal(HttpAnswer answer) {
        return switch (answer.status()) {
            case 307 -> {
                var location = answer.headers().first("Location").orElse("");
                int path = location.indexOf('/', 2);
                yield new Reply.NotLeader(location.substring(2, path));
            }
            case 503 -> new Reply.NotReady();
            default -> {
                var text = answer instanceof HttpAnswer.Full full ? full.body().utf8() : "";
                throw new IllegalStateException("a good call was answered " + answer.status() + " " + text);
            }
        };
    }

    /** Notes what passes, and lets the door go: its answer is not used. */
    private final class Passage implements LeaderCalls {
        private Reply pass(Consumer<Consumer<Reply>> call) {
            passed = call;
            return new Reply.Late();
        }

        @Override
        public void awaitSettled(Standing before, Duration within) {
            // Nobody waits here: there is one thread.
        }

        @Override
        public Standing standing() {
            return leader.standing();
        }

        @Override
        public Reply ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Duration within) {
            return pass(then -> {
                hears.accept(request);
                leader.ask(request, stream, caller, then);
            });
        }

        @Override
        public Reply subscribe(SchedulerRequest request, StreamId stream, Caller caller, Duration within) {
            return pass(then -> leader.subscribe(request, opens.get(), caller, then));
        }

        @Override
        public Reply ask(OperatorCall call, Caller caller, Duration within) {
            return pass(then -> leader.ask(call, caller, then));
        }

        @Override
        public Viewed view(Duration within) {
            return new Viewed.Refused(new Reply.Late());
        }

        @Override
        public LeaderMetrics metrics(Duration within) {
            return new LeaderMetrics(List.of());
        }

        /** Of the name that the door gave and nobody used. */
        @Override
        public void streamClosed(StreamId stream) {}

        @Override
        public void ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Consumer<Reply> then) {
            leader.ask(request, stream, caller, then);
        }

        @Override
        public void subscribe(SchedulerRequest request, StreamId stream, Caller caller, Consumer<Reply> then) {
            leader.subscribe(request, stream, caller, then);
        }

        @Override
        public void ask(OperatorCall call, Caller caller, Consumer<Reply> then) {
            leader.ask(call, caller, then);
        }

        @Override
        public void view(Consumer<Viewed> then) {
            leader.view(then);
        }

        @Override
        public void watch(StreamId stream, Consumer<Watched> then) {
            leader.watch(stream, then);
        }

        @Override
        public void picture(Consumer<Pictured> then) {
            leader.picture(then);
        }

        @Override
        public void metrics(Consumer<LeaderMetrics> then) {
            leader.metrics(then);
        }
    }
}
