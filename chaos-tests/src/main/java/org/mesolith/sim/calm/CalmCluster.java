package org.mesolith.sim.calm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.Check;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.SchedulerClientCodec;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.http.EventStreams;
import org.mesolith.leader.AgentLinks;
import org.mesolith.leader.LeaderPorts;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.leader.Leaders;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.event.LinkId;
import org.mesolith.model.AgentId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskKey;
import org.mesolith.state.Command;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.FrameworkCommand.SubscribeFramework;
import org.mesolith.state.Registry;
import org.mesolith.view.LeaderView;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpHandler;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/** The masters of a calm cluster: one leads, and another one when it is told to. One thread. */
public final class CalmCluster implements AgentLinks {
    /** Path of scheduler calls. */
    public static final String SCHEDULER = "/api/v1/scheduler";

    /** Path of operator calls. */
    public static final String OPERATOR = "/api/v1";

    private static final String PEER = "127.0.0.1";
    private static final Duration CALL_TIME = Duration.ofMinutes(5);

    private final LeaderSettings settings;
    private final CalmDoors doors;
    private final CalmQueue queue = new CalmQueue();
    private final CalmLog log = new CalmLog(queue);
    private final CalmCalls calls = new CalmCalls(this::leaders, queue);
    private final TreeMap<LinkId, CalmAgent> agents = new TreeMap<>();
    private final SchedulerClientCodec events = new SchedulerClientCodec(CodecLimits.DEFAULT);
    private final List<CalmStream> open = new ArrayList<>();
    private EventStreams streams = new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT));
    private HttpHandler routes = request -> HttpAnswer.empty(503);
    private @Nullable Leaders leaders;
    private long lastLink;

    /** Without agents and frameworks. */
    public CalmCluster(LeaderSettings settings, CalmDoors doors) {
        this.settings = settings;
        this.doors = doors;
        lead();
    }

    private Leaders leaders() {
        return Check.present(leaders, "leader");
    }

    private void lead() {
        streams = new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT));
        var fresh = new Leaders(
                queue,
                settings,
                new LeaderPorts(log, log.details(), Runnable::run, streams, this, streams.operators()),
                1);
        leaders = fresh;
        routes = doors.routes(calls, streams, queue);
        log.lead(fresh);
        queue.settle();
    }

    /** Another process leads from here on, with the registry and nothing else; streams and links are gone. */
    public void failOver() {
        var old = leaders();
        List.copyOf(agents.values()).forEach(CalmAgent::linkBroke);
        agents.clear();
        // Nobody hears the old leader's last words.
        var silent = List.copyOf(open);
        open.clear();
        silent.forEach(CalmStream::deafen);
        old.onStepDown();
        queue.settle();
        lead();
    }

    // ---- time

    /** The time of the cluster. */
    public Instant now() {
        return queue.now();
    }

    /** Everything that becomes due in this time. */
    public void advance(Duration time) {
        queue.advance(time);
    }

    /** Everything that is due now. */
    public void settle() {
        queue.settle();
    }

    // ---- what is promised and known

    /** What the cluster promised. */
    public Registry registry() {
        return log.registry();
    }

    /** What the leader knows. */
    public LeaderView view() {
        return switch (calls.view(CALL_TIME)) {
            case Viewed.Seen(var view) -> view;
            case Viewed.Refused(var reply) -> throw new IllegalStateException("the leader shows nothing: " + reply);
        };
    }

    /** The leader's numbers by name. */
    public SortedMap<String, Double> metrics() {
        var numbers = new TreeMap<String, Double>();
        calls.metrics(CALL_TIME).samples().forEach(sample -> numbers.put(sample.name(), sample.value()));
        return numbers;
    }

    /** Decides a command as if the leader had proposed it now. */
    public void order(Command command) {
        log.order(command);
        queue.settle();
    }

    /** A framework that subscribed under an earlier leader, as this SUBSCRIBE says; it has no stream. */
    public void introduce(String json) {
        var read = new SchedulerCodec(CodecLimits.DEFAULT).decode(Encoding.JSON, json.getBytes(StandardCharsets.UTF_8));
        if (read instanceof Decoded.Ok<SchedulerRequest>(var request)
                && request.call() instanceof SchedulerCall.Subscribe call) {
            order(new SubscribeFramework(request.framework(), call.info()));
        } else {
            throw new IllegalStateException("this is no SUBSCRIBE: " + json);
        }
    }

    /** A task that was launched under an earlier leader; nobody tells its agent. */
    public void runs(TaskKey key, AgentId agent, String role, Resources resources) {
        var command = new CommandTask(
                key.task().value(), true, "sleep 1", List.of(), List.of(), null, null, null, List.of(), List.of());
        var task = CommandTasks.launch(command, key.task(), agent, resources.allocatedTo(role));
        order(new AcceptOffers(
                key.framework(),
                agent,
                role,
                resources.allocatedTo(role),
                List.of(),
                List.of(new OfferOperation.Launch(null, List.of(task)))));
    }

    // ---- HTTP

    /**
     * What a call was answered with.
     *
     * @param text of the body; empty for a stream
     */
    public record Answer(int status, String text) {}

    /**
     * What a SUBSCRIBE came to.
     *
     * @param stream name of the open stream, null when there is none
     * @param cut breaks the connection at the client's end
     */
    public record Subscription(Answer answer, @Nullable StreamId stream, Runnable cut) {}

    /** Who hears a stream. */
    public interface Listener {
        /** An event came. */
        void hears(SchedulerEvent event);

        /** The leader, or its end, ended the stream. */
        void ended();
    }

    /** A call as bytes, answered at once. */
    public Answer post(String path, String json, Headers headers) {
        var answer = send(path, json, headers);
        return answer instanceof HttpAnswer.Full full
                ? new Answer(full.status(), new String(full.body().bytes(), StandardCharsets.UTF_8))
                : new Answer(answer.status(), "");
    }

    /** SUBSCRIBE. */
    public Subscription subscribe(String json, Headers headers, Listener listener) {
        var answer = send(SCHEDULER, json, headers);
        if (!(answer instanceof HttpAnswer.Streaming streaming)) {
            var text = answer instanceof HttpAnswer.Full full
                    ? new String(full.body().bytes(), StandardCharsets.UTF_8)
                    : "";
            return new Subscription(new Answer(answer.status(), text), null, () -> {});
        }
        var name = new StreamId(streaming.headers().first("Mesos-Stream-Id").orElse(""));
        var cut = open(streaming, record -> listener.hears(read(record)), listener::ended);
        return new Subscription(new Answer(200, ""), name, cut);
    }

    /**
     * The client's end of an answer that goes on.
     *
     * @param record hears each record of the stream, as bytes
     * @param ended when the stream is over, whoever ended it
     * @return breaks the connection at the client's end
     */
    public Runnable open(HttpAnswer.Streaming answer, Consumer<byte[]> record, Runnable ended) {
        var stream = new CalmStream(record);
        open.add(stream);
        answer.onOpen().accept(stream);
        stream.onClosed(() -> {
            open.remove(stream);
            ended.run();
        });
        queue.settle();
        return () -> {
            stream.close();
            queue.settle();
        };
    }

    private SchedulerEvent read(byte[] record) {
        return switch (events.decode(Encoding.JSON, record)) {
            case Decoded.Ok<SchedulerEvent>(var event) -> event;
            case Decoded.Refused<SchedulerEvent> refused ->
                throw new IllegalStateException("an event cannot be read: " + refused.text());
        };
    }

    private HttpAnswer send(String path, String json, Headers headers) {
        return ask(
                "POST",
                path,
                headers.with("Content-Type", Encoding.JSON.contentType()).with("Host", PEER),
                Body.of(json));
    }

    /** Any request, as a client may send it; an answer that goes on is not {@link #open} yet. */
    public HttpAnswer ask(String method, String path, Headers headers, Body body) {
        var request = new HttpRequest(
                method,
                path,
                path,
                Query.NONE,
                headers,
                body,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
                Deadline.after(CALL_TIME),
                false);
        try {
            var answer = routes.answer(request);
            queue.settle();
            return answer;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a call was interrupted", stop);
        }
    }

    /** Something happens as soon as what happens now is over. */
    public void later(Runnable event) {
        queue.run(event);
    }

    // ---- links

    LinkId link(CalmAgent agent) {
        var link = new LinkId(++lastLink);
        agents.put(link, agent);
        return link;
    }

    void say(LinkId link, LinkMessage.FromAgent message) {
        leaders().said(link, PEER, LinkFrames.fromAgent(LinkFrames.of(message)));
        queue.settle();
    }

    /** The agent's end of the link is gone. */
    void cut(LinkId link) {
        if (agents.remove(link) != null) {
            leaders().lost(link);
            queue.settle();
        }
    }

    @Override
    public boolean send(LinkId link, LinkMessage.FromMaster message) {
        var agent = agents.get(link);
        if (agent == null) {
            return false;
        }
        byte[] frame = LinkFrames.of(message);
        queue.run(() -> {
            if (agent.equals(agents.get(link))) {
                agent.hear(LinkFrames.fromMaster(frame));
            }
        });
        return true;
    }

    @Override
    public void close(LinkId link, String why) {
        var agent = agents.get(link);
        if (agent != null) {
            // What was sent before still arrives.
            queue.run(() -> {
                if (agents.remove(link) != null) {
                    agent.linkClosed(link);
                }
            });
        }
    }
}
