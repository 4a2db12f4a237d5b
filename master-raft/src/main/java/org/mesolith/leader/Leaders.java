package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.OperatorCall;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.EventQueue;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.LeaderEvent;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.LinkLost;
import org.mesolith.leader.event.LeaderEvent.LinkSaid;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.LeaderEvent.SchedulerAsked;
import org.mesolith.leader.event.LeaderEvent.StreamClosed;
import org.mesolith.leader.event.LeaderEvent.Subscribing;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.log.Barrier;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.model.StreamId;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;

/**
 * The leader of this process, while there is one. Every door leads here; everything that happens runs on one queue, in
 * the leadership of the present term. When the term ends the leadership is dropped, callers are told, streams and links
 * end.
 *
 * <p>Threads: all public methods may be called on any thread and do not block.
 */
public final class Leaders implements LogListener, LeaderCalls, AgentCalls {
    /** Calls that wait for a reply; above, callers get 503. */
    private static final int CALLS_MAX = 20_000;

    private final EventQueue queue;
    private volatile LeaderSettings settings;
    private final LeaderPorts ports;
    private final long seed;
    private final Instant started;
    private final Place place = new Place();
    private volatile @Nullable MemberAddress known;

    // ---- for the queue only
    private final SortedMap<RequestId, Consumer<Reply>> waiting = new TreeMap<>();
    private @Nullable Reign reign;

    /** Whose term has just ended, for one turn of the queue. */
    private @Nullable Reign leaving;

    private long requests;

    /**
     * @param settings whose {@code self.id} is this member's name in the group
     * @param seed of this process' dice
     */
    public Leaders(EventQueue queue, LeaderSettings settings, LeaderPorts ports, long seed) {
        this.queue = queue;
        this.settings = settings;
        this.ports = ports;
        this.seed = seed;
        this.started = queue.now();
    }

    @Override
    public Standing standing() {
        return place.now();
    }

    @Override
    public void awaitSettled(Standing before, Duration within) throws InterruptedException {
        place.awaitSettled(before, within);
    }

    // ---- calls

    @Override
    public void ask(SchedulerRequest request, @Nullable StreamId stream, Caller caller, Consumer<Reply> then) {
        ask(then, id -> new SchedulerAsked(id, request, stream, caller));
    }

    @Override
    public void ask(OperatorCall call, Caller caller, Consumer<Reply> then) {
        ask(then, id -> new OperatorAsked(id, call, caller));
    }

    @Override
    public void subscribe(SchedulerRequest request, StreamId stream, Caller caller, Consumer<Reply> then) {
        if (request.call() instanceof SchedulerCall.Subscribe call) {
            ask(then, id -> new Subscribing(id, request.framework(), call, stream, caller));
        } else {
            then.accept(new Reply.BadRequest("only SUBSCRIBE opens a stream"));
        }
    }

    @Override
    public void streamClosed(StreamId stream) {
        tell(new StreamClosed(stream));
    }

    @Override
    public void view(Consumer<Viewed> then) {
        var refusal = refusal();
        if (refusal != null) {
            then.accept(new Viewed.Refused(refusal));
            return;
        }
        var _ = ports.log().barrier().whenComplete((barrier, fault) -> queue.run(() -> then.accept(viewed(barrier))));
    }

    @Override
    public void watch(StreamId stream, Consumer<Watched> then) {
        var refusal = refusal();
        if (refusal != null) {
            then.accept(new Watched.Refused(refusal));
            return;
        }
        var _ = ports.log()
                .barrier()
                .whenComplete((barrier, fault) -> queue.run(() -> then.accept(watched(barrier, stream))));
    }

    @Override
    public void picture(Consumer<Pictured> then) {
        var refusal = refusal();
        if (refusal != null) {
            then.accept(new Pictured.Refused(refusal));
            return;
        }
        var _ = ports.log().barrier().whenComplete((barrier, fault) -> queue.run(() -> then.accept(pictured(barrier))));
    }

    @Override
    public void metrics(Consumer<LeaderMetrics> then) {
        queue.run(() -> {
            then.accept(
                    reign == null ? LeaderMetrics.idle(started, queue.now()) : reign.metrics(started, waiting.size()));
        });
    }

    /** Only agents of these hosts are offered from now on, also under a later leadership of this process. */
    public void whitelist(SortedSet<String> hosts) {
        queue.run(() -> {
            settings = settings.withSharing(settings.sharing().withWhitelist(hosts));
            if (reign != null) {
                reign.handle(new LeaderEvent.WhitelistRead(hosts));
            }
        });
    }

    // ---- agents

    @Override
    public void said(LinkId link, String peer, LinkMessage.FromAgent message) {
        queue.run(() -> {
            if (reign == null) {
                ports.links().close(link, "this master does not lead");
            } else {
                reign.handle(new LinkSaid(link, peer, message));
            }
        });
    }

    @Override
    public void lost(LinkId link) {
        tell(new LinkLost(link));
    }

    // ---- the log

    @Override
    public void onApplied(LogEntry entry, Outcome outcome, Registry after) {
        if (place.now() instanceof Standing.Leading) {
            if (entry.command() instanceof SystemCommand) {
                // The cluster may just have been made, or its epoch raised.
                place.is(new Standing.Leading(after.fence(entry.term())));
            }
            queue.run(() -> {
                var ruling = reign;
                if (ruling != null && ruling.registry().at().compareTo(entry.at()) < 0) {
                    ruling.handle(new Applied(entry, outcome, ruling.registry(), after));
                }
            });
        }
    }

    @Override
    public void onReplaced(Registry now) {
        // Only members that do not lead get here, and those keep no view of their own.
    }

    @Override
    public void onLeaderReady(long term, Registry registry) {
        place.is(new Standing.Leading(registry.fence(term)));
        queue.run(() -> begin(term, registry));
    }

    @Override
    public void onStepDown() {
        // First: what is applied from here on is not heard, so no answer about it may come before the end of the term.
        queue.run(this::end);
        follow();
    }

    @Override
    public void onLeaderKnown(@Nullable MemberAddress leader) {
        known = leader;
        if (!(place.now() instanceof Standing.Leading)) {
            follow();
        }
    }

    private void follow() {
        var leader = known;
        if (leader == null) {
            place.is(new Standing.Following(null));
        } else {
            boolean self = leader.member().equals(settings.self().id());
            place.is(self ? new Standing.Electing() : new Standing.Following(leader.httpAuthority()));
        }
    }

    // ---- on the queue

    private void begin(long term, Registry registry) {
        end();
        var begun = Reign.begin(term, registry, settings, seed, queue);
        begun.performWith(
                new EffectRunner(queue, ports, term, event -> back(begun, event), this::reply, begun::decidedAfter));
        reign = begun;
        begun.handle(new LeaderEvent.Began());
    }

    private void end() {
        var ended = reign;
        reign = null;
        if (ended != null) {
            for (var link : ended.links()) {
                ports.links().send(link, new LinkMessage.GoingAway(ended.fence()));
                ports.links().close(link, "this master does not lead any more");
            }
            ended.streams().forEach(stream -> ports.streams().end(stream, null));
            ended.watching().forEach(stream -> ports.operators().end(stream));
        }
        if (ended != null && !waiting.isEmpty()) {
            // What the log refused at this very moment comes back within this turn, and says that nothing happened.
            leaving = ended;
            var unanswered = new ArrayList<>(waiting.keySet());
            queue.run(() -> {
                leaving = null;
                unanswered.forEach(request -> reply(request, new Reply.OutcomeUnknown()));
            });
        }
    }

    /** Something comes back to the term that asked for it; others it does not concern. */
    private void back(Reign asker, LeaderEvent event) {
        if (reign == asker || (leaving == asker && isRefusedByLog(event))) {
            asker.handle(event);
        }
    }

    private static boolean isRefusedByLog(LeaderEvent event) {
        return event instanceof LeaderEvent.Undecided undecided
                && undecided.why() == LeaderEvent.Undecided.Why.NOT_LEADER;
    }

    private void tell(LeaderEvent event) {
        queue.run(() -> {
            if (reign != null) {
                reign.handle(event);
            }
        });
    }

    private void ask(Consumer<Reply> then, Function<RequestId, LeaderEvent> event) {
        var refusal = refusal();
        if (refusal != null) {
            then.accept(refusal);
            return;
        }
        queue.run(() -> {
            var late = refusal();
            if (late != null) {
                then.accept(late);
                return;
            }
            var id = new RequestId(++requests);
            waiting.put(id, then);
            if (waiting.size() > CALLS_MAX) {
                reply(
                        id,
                        new Reply.Busy("more than " + CALLS_MAX + " calls wait for the leader; try again in a second"));
            } else if (reign == null) {
                reply(id, new Reply.NotReady());
            } else {
                reign.handle(event.apply(id));
            }
        });
    }

    private void reply(RequestId request, Reply reply) {
        var then = waiting.remove(request);
        if (then != null) {
            var refusal = reply instanceof Reply.NotLeader ? refusal() : null;
            then.accept(refusal == null ? reply : refusal);
        }
    }

    private Viewed viewed(@Nullable Barrier barrier) {
        var ruling = reign;
        if (ruling == null || barrier == null) {
            var refusal = refusal();
            return new Viewed.Refused(refusal == null ? new Reply.NotReady() : refusal);
        }
        return switch (barrier) {
            case Barrier.Reached _ -> new Viewed.Seen(ruling.view(ports.details(), started));
            case Barrier.NotLeader(var leader) ->
                new Viewed.Refused(new Reply.NotLeader(leader == null ? null : leader.httpAuthority()));
            case Barrier.Failed _ -> new Viewed.Refused(new Reply.NotReady());
        };
    }

    /** The view is of this very turn: whatever comes after it is told on the stream. */
    private Watched watched(@Nullable Barrier barrier, StreamId stream) {
        var ruling = reign;
        return switch (viewed(barrier)) {
            case Viewed.Seen(var view)
            when ruling != null -> {
                ruling.handle(new LeaderEvent.Watching(stream));
                yield new Watched.Begun(view, settings.streamHeartbeat());
            }
            case Viewed.Seen _ -> new Watched.Refused(new Reply.NotReady());
            case Viewed.Refused(var reply) -> new Watched.Refused(reply);
        };
    }

    private Pictured pictured(@Nullable Barrier barrier) {
        var ruling = reign;
        return switch (viewed(barrier)) {
            case Viewed.Seen(var view) when ruling != null -> new Pictured.Seen(ruling.picture(view));
            case Viewed.Seen _ -> new Pictured.Refused(new Reply.NotReady());
            case Viewed.Refused(var reply) -> new Pictured.Refused(reply);
        };
    }

    private @Nullable Reply refusal() {
        return switch (place.now()) {
            case Standing.Leading _ -> null;
            case Standing.Electing _ -> new Reply.NotReady();
            case Standing.Following(var address) -> new Reply.NotLeader(address);
        };
    }
}
