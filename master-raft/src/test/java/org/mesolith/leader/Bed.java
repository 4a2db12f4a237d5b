package org.mesolith.leader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.LinkMessage.FromMaster;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.api.TaskDigest;
import org.mesolith.base.Check;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.StreamId;
import org.mesolith.view.LeaderView;

/** A leader with a log, streams and links that a test looks into. Time stands still until the test moves it. */
final class Bed implements FrameworkStreams, AgentLinks {
    static final MasterInfo MASTER = new MasterInfo("m1", "127.0.0.1", 5050, "m1", "1.11.0", null);

    final SimQueue queue = new SimQueue();
    final SimLog log = new SimLog(queue);
    final Ears ears = new Ears();
    private final LeaderSettings settings;
    private final Map<StreamId, List<SchedulerEvent>> events = new LinkedHashMap<>();
    private final Set<StreamId> full = new LinkedHashSet<>();
    private final Set<StreamId> ended = new LinkedHashSet<>();
    private final Map<LinkId, List<FromMaster>> messages = new LinkedHashMap<>();
    private final Map<String, Integer> beats = new LinkedHashMap<>();
    private final Map<LinkId, String> closed = new LinkedHashMap<>();
    private Leaders leaders;
    private int streams;
    private int links;

    Bed() {
        this(settings -> settings);
    }

    Bed(UnaryOperator<LeaderSettings> change) {
        settings = change.apply(LeaderSettings.defaults(MASTER));
        leaders = newLeaders();
        log.lead(leaders);
        queue.settle();
    }

    private Leaders newLeaders() {
        return new Leaders(queue, settings, new LeaderPorts(log, log, Runnable::run, this, this, ears), 1);
    }

    Leaders leaders() {
        return leaders;
    }

    /** Another process leads from here on, with the registry and nothing else. */
    void failOver() {
        leaders.onStepDown();
        queue.settle();
        leaders = newLeaders();
        log.lead(leaders);
        queue.settle();
    }

    void advance(Duration time) {
        queue.advance(time);
    }

    // ---- ports

    @Override
    public boolean send(StreamId stream, SchedulerEvent event, List<FrameworkCapability> capabilities) {
        if (full.contains(stream) || ended.contains(stream)) {
            return false;
        }
        if (event instanceof SchedulerEvent.Heartbeat) {
            beats.merge(stream.value(), 1, Integer::sum);
        }
        events.computeIfAbsent(stream, s -> new ArrayList<>()).add(event);
        return true;
    }

    @Override
    public void end(StreamId stream, SchedulerEvent.@Nullable Failed last) {
        if (last != null && !ended.contains(stream)) {
            events.computeIfAbsent(stream, s -> new ArrayList<>()).add(last);
        }
        ended.add(stream);
    }

    @Override
    public boolean send(LinkId link, FromMaster message) {
        if (closed.containsKey(link)) {
            return false;
        }
        if (message instanceof LinkMessage.MasterHeartbeat) {
            beats.merge(link.toString(), 1, Integer::sum);
        }
        messages.computeIfAbsent(link, l -> new ArrayList<>()).add(message);
        return true;
    }

    @Override
    public void close(LinkId link, String why) {
        closed.putIfAbsent(link, why);
    }

    boolean isEnded(StreamId stream) {
        return ended.contains(stream);
    }

    @Nullable
    String closed(LinkId link) {
        return closed.get(link);
    }

    void fill(StreamId stream) {
        full.add(stream);
    }

    /** Events of a stream since the last look, without heartbeats. */
    List<SchedulerEvent> events(StreamId stream) {
        var all = events.getOrDefault(stream, new ArrayList<>());
        var some = all.stream()
                .filter(event -> !(event instanceof SchedulerEvent.Heartbeat))
                .toList();
        all.clear();
        return some;
    }

    <E extends SchedulerEvent> List<E> events(StreamId stream, Class<E> kind) {
        return events(stream).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Heartbeats that the stream got in all. */
    int beats(StreamId stream) {
        return beats.getOrDefault(stream.value(), 0);
    }

    /** Heartbeats that the link got in all. */
    int beats(LinkId link) {
        return beats.getOrDefault(link.toString(), 0);
    }

    /** The same settings with a limit on removals. */
    static LeaderSettings removing(LeaderSettings from, Duration interval) {
        return from.with(settings -> settings.agentRemovalInterval(interval));
    }

    /** The same settings with other rules for frameworks. */
    static LeaderSettings allowing(LeaderSettings from, @Nullable List<String> roles, boolean root) {
        return from.with(settings -> settings.roles(roles).rootSubmissions(root));
    }

    /** The same settings with an offer timeout. */
    static LeaderSettings expiring(LeaderSettings from, Duration offerTimeout) {
        return from.with(settings -> settings.offerTimeout(offerTimeout));
    }

    /** Messages of a link since the last look, without heartbeats. */
    List<FromMaster> messages(LinkId link) {
        var all = messages.getOrDefault(link, new ArrayList<>());
        var some = all.stream()
                .filter(message -> !(message instanceof LinkMessage.MasterHeartbeat))
                .toList();
        all.clear();
        return some;
    }

    <M extends FromMaster> List<M> messages(LinkId link, Class<M> kind) {
        return messages(link).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    // ---- agents

    static AgentInfo info(String host, String resources) {
        return info(host, resources, 5051);
    }

    static AgentInfo info(String host, String resources, int port) {
        return new AgentInfo(
                host,
                port,
                Resources.parse(resources),
                List.of(),
                null,
                List.of(
                        AgentCapability.MULTI_ROLE,
                        AgentCapability.HIERARCHICAL_ROLE,
                        AgentCapability.RESERVATION_REFINEMENT),
                "1.11.0");
    }

    TestAgent agent(String host, String resources) {
        var agent = new TestAgent(this, info(host, resources));
        agent.join();
        return agent;
    }

    LinkId newLink() {
        return new LinkId(++links);
    }

    void say(LinkId link, LinkMessage.FromAgent message) {
        leaders.said(link, "10.0.0.1", message);
        queue.settle();
    }

    void lose(LinkId link) {
        closed.putIfAbsent(link, "lost");
        leaders.lost(link);
        queue.settle();
    }

    // ---- frameworks

    static FrameworkInfo framework(
            @Nullable String id, List<String> roles, Duration failover, FrameworkCapability... more) {
        var can = new ArrayList<>(List.of(FrameworkCapability.MULTI_ROLE));
        can.addAll(List.of(more));
        return new FrameworkInfo(
                id == null ? null : new FrameworkId(id),
                "user",
                "framework",
                roles,
                can,
                failover,
                true,
                null,
                null,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }

    TestFramework framework(String role, FrameworkCapability... more) {
        return subscribe(framework(null, List.of(role), Duration.ofHours(1), more), List.of());
    }

    TestFramework subscribe(FrameworkInfo info, List<String> suppressed) {
        var stream = new StreamId("stream-" + ++streams);
        var reply = subscribe(stream, info, suppressed);
        Check.that(reply instanceof Reply.Done, "subscribed, not " + reply);
        return new TestFramework(this, stream, info);
    }

    Reply subscribe(StreamId stream, FrameworkInfo info, List<String> suppressed) {
        return subscribe(
                stream,
                new SchedulerCall.Subscribe(info, suppressed, Opaque.empty("mesos.v1.scheduler.OfferConstraints")));
    }

    Reply subscribe(StreamId stream, SchedulerCall.Subscribe call) {
        var request = new SchedulerRequest(call.info().id(), call);
        return asked(then -> leaders.subscribe(request, stream, Caller.anonymous("10.0.0.9"), then));
    }

    static FrameworkInfo withUser(FrameworkInfo from, String user) {
        return new FrameworkInfo(
                from.id(),
                user,
                from.name(),
                from.roles(),
                from.capabilities(),
                from.failoverTimeout(),
                from.checkpoint(),
                from.principal(),
                from.hostname(),
                from.raw());
    }

    Reply call(@Nullable FrameworkId framework, @Nullable StreamId stream, SchedulerCall call) {
        return asked(
                then -> leaders.ask(new SchedulerRequest(framework, call), stream, Caller.anonymous("10.0.0.9"), then));
    }

    Reply operator(OperatorCall call) {
        return asked(then -> leaders.ask(call, Caller.anonymous("10.0.0.8"), then));
    }

    /** The same of somebody who has a name. */
    Reply operator(String principal, OperatorCall call) {
        return asked(then -> leaders.ask(call, new Caller(principal, "10.0.0.8", null), then));
    }

    LeaderView view() {
        var seen = new ArrayList<Viewed>();
        leaders.view(seen::add);
        queue.settle();
        if (seen.getFirst() instanceof Viewed.Seen(var view)) {
            return view;
        }
        throw new AssertionError("no view: " + seen);
    }

    /** The leader's numbers by name. */
    SortedMap<String, Double> metrics() {
        var seen = new ArrayList<LeaderMetrics>();
        leaders.metrics(seen::add);
        queue.settle();
        var values = new TreeMap<String, Double>();
        seen.getFirst().samples().forEach(sample -> values.put(sample.name(), sample.value()));
        return values;
    }

    private Reply asked(Consumer<Consumer<Reply>> call) {
        var replies = new ArrayList<Reply>();
        call.accept(replies::add);
        queue.settle();
        Check.that(replies.size() <= 1, "one reply, not " + replies);
        return replies.isEmpty() ? new Reply.Late() : replies.getFirst();
    }

    /** Fingerprint of no tasks. */
    static long digestOfNothing() {
        return TaskDigest.of(List.of());
    }

    static AgentId id(String text) {
        return new AgentId(text);
    }
}
