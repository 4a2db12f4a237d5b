package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.Check;
import org.mesolith.leader.AgentLinks;
import org.mesolith.leader.FrameworkStreams;
import org.mesolith.leader.LeaderPorts;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.leader.Leaders;
import org.mesolith.leader.Standing;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.MemberAddress;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.StreamId;

/** One master process: the real leader code on a simulated member, with doors into the simulated network. */
final class SimMaster implements SimNet.Listener {
    private final String place;
    private final SimNet net;
    private final SimClock clock;
    private final Dice dice;
    private final Trace trace;
    private final SimMember member;
    private final LeaderSettings settings;
    private final OfferWatch offers;
    private final Duration skew;
    private final TreeMap<LinkId, SimWire> links = new TreeMap<>();
    private final TreeMap<StreamId, SimWire> streams = new TreeMap<>();
    private int life;
    private long lastLink;
    private long lastStream;
    private @Nullable Leaders leaders;

    /**
     * @param skew by which its clock is ahead
     */
    SimMaster(SimPlace where, SimMember member, LeaderSettings settings, OfferWatch offers, Duration skew) {
        this.place = where.name();
        this.net = where.net();
        this.clock = net.clock();
        this.dice = net.dice();
        this.trace = where.trace();
        this.member = member;
        this.settings = settings;
        this.offers = offers;
        this.skew = skew;
    }

    /** What a master says of itself. */
    static MasterInfo info(MemberAddress address) {
        return new MasterInfo(address.member(), "127.0.0.1", address.httpPort(), address.host(), "1.11.0", null);
    }

    String place() {
        return place;
    }

    SimMember member() {
        return member;
    }

    boolean isAlive() {
        return leaders != null;
    }

    void start() {
        Check.that(leaders == null, "master " + place + " is started once at a time");
        life++;
        trace.note(place, "starts");
        int mine = life;
        var queue = clock.queue(skew, () -> mine == life && leaders != null);
        var ports = new LeaderPorts(
                member,
                member.details(),
                work -> queue.runAfter(dice.between(Duration.ZERO, Duration.ofMillis(3)), work),
                new Streams(),
                new Links());
        var fresh = new Leaders(queue, settings, ports, dice.number());
        leaders = fresh;
        member.start(fresh);
        net.listen(place, this);
    }

    /** Ends the process at once. */
    void kill() {
        trace.note(place, "dies");
        leaders = null;
        links.clear();
        streams.clear();
        offers.masterDied(member);
        net.died(place);
        member.kill();
    }

    /** What a reader is shown; refused when this process is dead. */
    void view(Consumer<Viewed> then) {
        var present = leaders;
        if (present == null) {
            then.accept(new Viewed.Refused(new Reply.NotLeader(null)));
        } else {
            present.view(then);
        }
    }

    // ---- doors

    @Override
    public void accepted(SimWire end) {
        end.hear(parcel -> first(end, parcel), () -> {});
    }

    /** The first parcel says who it is. */
    private void first(SimWire end, Parcel parcel) {
        var present = leaders;
        if (present == null) {
            return;
        }
        switch (parcel) {
            case Parcel.Up up -> agent(present, end, up);
            case Parcel.Call call -> {
                end.hear(next -> call(present, end, next), () -> {});
                call(present, end, call);
            }
            case Parcel.Down _, Parcel.TryThere _, Parcel.Answer _, Parcel.Opened _, Parcel.Event _, Parcel.End _ ->
                throw new IllegalStateException("a master heard " + parcel);
        }
    }

    private void agent(Leaders present, SimWire end, Parcel.Up first) {
        switch (present.standing()) {
            case Standing.Leading _ -> {
                var link = new LinkId(++lastLink);
                links.put(link, end);
                end.hear(next -> said(present, link, end, next), () -> {
                    if (links.remove(link) != null) {
                        present.lost(link);
                    }
                });
                said(present, link, end, first);
            }
            case Standing.Electing _ -> refuse(end, null);
            case Standing.Following(var address) -> refuse(end, address);
        }
    }

    private static void refuse(SimWire end, @Nullable String address) {
        end.send(new Parcel.TryThere(address));
        end.close();
    }

    private static void said(Leaders present, LinkId link, SimWire end, Parcel parcel) {
        if (parcel instanceof Parcel.Up(var message)) {
            present.said(link, end.peer(), message);
        }
    }

    private void call(Leaders present, SimWire end, Parcel parcel) {
        if (!(parcel instanceof Parcel.Call(long number, var request, var stream))) {
            throw new IllegalStateException("no call: " + parcel);
        }
        if (request.call() instanceof SchedulerCall.Subscribe) {
            subscribe(present, end, number, request);
        } else {
            offers.asked(member.address().member(), request);
            present.ask(
                    request, stream, Caller.anonymous(end.peer()), reply -> end.send(new Parcel.Answer(number, reply)));
        }
    }

    private void subscribe(Leaders present, SimWire end, long number, SchedulerRequest request) {
        var stream = new StreamId(place + "-" + life + "-" + ++lastStream);
        streams.put(stream, end);
        end.hear(next -> {}, () -> {
            if (streams.remove(stream) != null) {
                offers.streamEnded(stream);
                present.streamClosed(stream);
            }
        });
        end.send(new Parcel.Opened(stream));
        present.subscribe(request, stream, Caller.anonymous(end.peer()), reply -> {
            if (!(reply instanceof Reply.Done)) {
                streams.remove(stream);
                end.send(new Parcel.Answer(number, reply));
                end.close();
            }
        });
    }

    private final class Links implements AgentLinks {
        @Override
        public boolean send(LinkId link, LinkMessage.FromMaster message) {
            var end = links.get(link);
            return end != null && end.send(new Parcel.Down(message));
        }

        @Override
        public void close(LinkId link, String why) {
            var end = links.remove(link);
            if (end != null) {
                trace.note(place, "closes", link, "of", end.peer(), why);
                end.close();
            }
        }
    }

    private final class Streams implements FrameworkStreams {
        @Override
        public boolean send(StreamId stream, SchedulerEvent event, List<FrameworkCapability> capabilities) {
            var end = streams.get(stream);
            if (end == null || !end.send(new Parcel.Event(event))) {
                return false;
            }
            if (!(event instanceof SchedulerEvent.Heartbeat)) {
                trace.note(place, "tells", stream, event);
            }
            offers.told(member, stream, event);
            return true;
        }

        @Override
        public void end(StreamId stream, SchedulerEvent.@Nullable Failed last) {
            var end = streams.remove(stream);
            if (end != null) {
                trace.note(place, "ends", stream, last);
                offers.streamEnded(stream);
                if (last != null) {
                    end.send(new Parcel.Event(last));
                }
                end.close();
            }
        }
    }
}
