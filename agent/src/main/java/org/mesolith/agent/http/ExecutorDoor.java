package org.mesolith.agent.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.ExecutorTokens;
import org.mesolith.api.ExecutorCall;
import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.codec.ExecutorCodec;
import org.mesolith.codec.RecordIo;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Outbox;

/**
 * {@code POST /api/v1/executor}: the executor API. The order of the checks is Mesos'. Calls wait for the core's answer;
 * a stream is known by the number of its SUBSCRIBE. Any thread.
 */
public final class ExecutorDoor {
    /** Where executors call. */
    public static final String PATH = "/api/v1/executor";

    private static final String BEARER = "Bearer ";

    private record Stream(Outbox outbox, Encoding encoding) {}

    private final ExecutorCodec codec = new ExecutorCodec(CodecLimits.DEFAULT);
    private final Consumer<AgentEvent> events;
    private final @Nullable ExecutorTokens tokens;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<AgentEffect.AnswerExecutor>> waiting = new ConcurrentHashMap<>();
    private final Map<Long, Stream> streams = new ConcurrentHashMap<>();

    /**
     * Takes the way to the core.
     *
     * @param tokens who may call; null for everybody
     */
    public ExecutorDoor(Consumer<AgentEvent> events, @Nullable ExecutorTokens tokens) {
        this.events = events;
        this.tokens = tokens;
    }

    HttpAnswer answer(HttpRequest request) throws InterruptedException {
        var claims = claims(request);
        if (claims == null) {
            return HttpAnswer.text(401, "This agent asks executors for their MESOS_EXECUTOR_AUTHENTICATION_TOKEN\n")
                    .with("WWW-Authenticate", "Bearer realm=\"mesos-agent-executor\"");
        }
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "Expecting POST, got " + request.method() + "\n")
                    .with("Allow", "POST");
        }
        var type = request.headers().first("Content-Type").orElse(null);
        if (type == null) {
            return HttpAnswer.text(400, "Expecting 'Content-Type' to be present\n");
        }
        var encoding = Encoding.ofContentType(type);
        if (encoding == null) {
            return HttpAnswer.text(
                    415, "Expecting 'Content-Type' of application/json or application/x-protobuf, got " + type + "\n");
        }
        return switch (codec.decode(encoding, request.body().bytes())) {
            case Decoded.Refused<ExecutorRequest>(var problems) ->
                HttpAnswer.text(400, "Failed to validate executor::Call: " + String.join("; ", problems) + "\n");
            case Decoded.Ok<ExecutorRequest>(var call) -> called(request, call, claims);
        };
    }

    /** What the token says, empty when none is asked for; null when it is missing or not of this agent. */
    private @Nullable String claims(HttpRequest request) {
        if (tokens == null) {
            return "";
        }
        var header = request.headers().first("Authorization").orElse("");
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? tokens.claims(header.substring(BEARER.length()).strip()) : null;
    }

    private HttpAnswer called(HttpRequest request, ExecutorRequest call, String claims) throws InterruptedException {
        var container = tokens == null ? null : ExecutorTokens.container(claims, call.framework(), call.executor());
        if (tokens != null && container == null) {
            return HttpAnswer.text(
                    403,
                    "The token is not that of executor '" + call.executor() + "' of framework '" + call.framework()
                            + "'\n");
        }
        var accepted = Accepted.of(request);
        if (call.call() instanceof ExecutorCall.Subscribe && accepted == null) {
            return HttpAnswer.text(406, "Expecting 'Accept' to allow application/json or application/x-protobuf\n");
        }
        if (call.call() instanceof ExecutorCall.Heartbeat) {
            return HttpAnswer.empty(202);
        }
        long number = numbers.incrementAndGet();
        var answer = ask(new AgentEvent.ExecutorAsked(number, call, container), request);
        if (answer.status() != 200 || accepted == null) {
            return answer.text().isEmpty()
                    ? HttpAnswer.empty(answer.status())
                    : HttpAnswer.text(answer.status(), answer.text() + "\n");
        }
        return new HttpAnswer.Streaming(200, Headers.of("Content-Type", accepted.contentType()), outbox -> {
            streams.put(number, new Stream(outbox, accepted));
            outbox.onClosed(() -> {
                streams.remove(number);
                events.accept(new AgentEvent.ExecutorDown(number));
            });
            events.accept(new AgentEvent.ExecutorUp(number, call));
        });
    }

    private AgentEffect.AnswerExecutor ask(AgentEvent.ExecutorAsked asked, HttpRequest request)
            throws InterruptedException {
        long number = asked.request();
        var answer = new CompletableFuture<AgentEffect.AnswerExecutor>();
        waiting.put(number, answer);
        try {
            events.accept(asked);
            return answer.get(request.deadline().remaining().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            return new AgentEffect.AnswerExecutor(number, 504, "The agent is too busy to answer in time");
        } finally {
            waiting.remove(number);
        }
    }

    /** {@link AgentEffect.AnswerExecutor}. */
    public void perform(AgentEffect.AnswerExecutor effect) {
        var call = waiting.get(effect.request());
        if (call != null) {
            call.complete(effect);
        }
    }

    /** {@link AgentEffect.TellExecutor}. A stream that is full is ended: the executor subscribes again. */
    public void perform(AgentEffect.TellExecutor effect) {
        var stream = streams.get(effect.stream());
        if (stream != null && !stream.outbox().offer(frame(stream, effect.event()))) {
            stream.outbox().end(frame(stream, new ExecutorEvent.Failed("The executor reads too slowly")));
        }
    }

    /** {@link AgentEffect.CloseExecutor}. */
    public void perform(AgentEffect.CloseExecutor effect) {
        var stream = streams.remove(effect.stream());
        if (stream != null) {
            stream.outbox().close();
        }
    }

    private byte[] frame(Stream stream, ExecutorEvent event) {
        return RecordIo.encode(codec.encode(stream.encoding(), event));
    }
}
