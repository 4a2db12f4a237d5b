package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.MasterInfo;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.base.Check;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.AgentLinks;
import org.mesolith.leader.FrameworkStreams;
import org.mesolith.leader.LeaderPorts;
import org.mesolith.leader.LeaderSettings;
import org.mesolith.leader.Leaders;
import org.mesolith.leader.Standing;
import org.mesolith.leader.Viewed;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Reply;
import org.mesolith.log.MemberAddress;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.StreamId;
import org.mesolith.sim.calm.LinkFrames;
import org.mesolith.sim.plan.Dice;

/** One master process: the real leader code on a simulated member, with doors into the simulated network. */
final class SimMaster implements SimNet.Listener {
    private final String place;
    private final SimNet net;
    private final Dice dice;
    private final Trace trace;
    private final SimMember member;
    private final LeaderSettings settings;
    private final OfferWatch offers;
    private final SimProcess process;
    private Duration skew;
    private final TreeMap<LinkId, SimWire> links = new TreeMap<>();
    private final TreeMap<StreamId, Stream> streams = new TreeMap<>();
    private final SchedulerCodec events = new SchedulerCodec(CodecLimits.DEFAULT);
    private int life;
    private long lastLink;
    private long lastStream;
    private @Nullable Leaders leaders;
    private @Nullable SimDoor door;

    /** A framework's open stream of events. */
    private record Stream(SimWire end, Encoding type) {
        boolean send(byte[] record) {
            return end.send(new Parcel.Event(record));
        }
    }

    /** A master whose clock is a little wrong. */
    SimMaster(SimPlace where, SimMember member, LeaderSettings settings, OfferWatch offers, Dice dice) {
        this.place = where.name();
        this.net = where.net();
        this.dice = dice;
        this.process = member.process();
        this.trace = where.trace();
        this.member = member;
        this.settings = settings;
        this.offers = offers;
        this.skew = dice.between(Duration.ofMillis(-1_500), Duration.ofMillis(1_500));
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
        process.start();
        var queue = process.queue(skew);
        var ports = new LeaderPorts(
                member,
                member.details(),
                work -> queue.runAfter(dice.between(Duration.ZERO, Duration.ofMillis(3)), work),
                new Streams(),
                new Links());
        var fresh = new Leaders(queue, settings, ports, dice.number());
        leaders = fresh;
        var doors = new SimDoor(fresh, queue);
        doors.watch(request -> offers.asked(member.address().member(), request));
        door = doors;
        member.start(fresh);
        net.listen(place, this);
    }

    /** Ends the process at once. */
    void kill() {
        trace.note(place, "dies");
        leaders = null;
        door = null;
        links.clear();
        streams.clear();
        offers.masterDied(member);
        net.died(place);
        member.kill();
    }

    /** Stops the process where it is. */
    void pause() {
        trace.note(place, "is stopped");
        net.stop(place);
        member.pause();
    }

    /** The process goes on. */
    void wake() {
        if (process.isStopped()) {
            trace.note(place, "goes on");
            member.wake();
            net.wake(place);
        }
    }

    /** The machine's time; the process learns of it when it starts again. */
    void setSkew(Duration ahead) {
        skew = ahead;
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
                end.hear(next -> call(end, next), () -> {});
                call(end, call);
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
        if (parcel instanceof Parcel.Up(var frame)) {
            present.said(link, end.peer(), LinkFrames.fromAgent(frame));
        }
    }

    private void call(SimWire end, Parcel parcel) {
        var present = leaders;
        var open = door;
        if (!(parcel instanceof Parcel.Call call)) {
            throw new IllegalStateException("no call: " + parcel);
        }
        if (present == null || open == null) {
            return;
        }
        var opened = new ArrayList<StreamId>();
        open.call(
                call,
                () -> {
                    opened.add(open(present, end, call.type()));
                    return opened.getFirst();
                },
                reply -> answer(end, call, opened, reply));
    }

    /** A subscription that was not refused is answered by its events. */
    private void answer(SimWire end, Parcel.Call call, List<StreamId> opened, Reply reply) {
        if (opened.isEmpty()) {
            end.send(new Parcel.Answer(call.number(), reply));
        } else if (!(reply instanceof Reply.Done)) {
            streams.remove(opened.getFirst());
            end.send(new Parcel.Answer(call.number(), reply));
            end.close();
        }
    }

    private StreamId open(Leaders present, SimWire end, Encoding type) {
        var stream = new StreamId(place + "-" + life + "-" + ++lastStream);
        streams.put(stream, new Stream(end, type));
        end.hear(next -> {}, () -> {
            if (streams.remove(stream) != null) {
                offers.streamEnded(stream);
                present.streamClosed(stream);
            }
        });
        end.send(new Parcel.Opened(stream));
        return stream;
    }

    private final class Links implements AgentLinks {
        @Override
        public boolean send(LinkId link, LinkMessage.FromMaster message) {
            var end = links.get(link);
            boolean sent = end != null && end.send(new Parcel.Down(LinkFrames.of(message)));
            if (sent && !(message instanceof LinkMessage.MasterHeartbeat)) {
                member.sent();
            }
            return sent;
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
            var open = streams.get(stream);
            if (open == null || !open.send(events.encode(open.type(), event, capabilities))) {
                return false;
            }
            if (!(event instanceof SchedulerEvent.Heartbeat)) {
                trace.note(place, "tells", stream, event);
                member.sent();
            }
            offers.told(member, stream, event);
            return true;
        }

        @Override
        public void end(StreamId stream, SchedulerEvent.@Nullable Failed last) {
            var open = streams.remove(stream);
            if (open != null) {
                trace.note(place, "ends", stream, last);
                offers.streamEnded(stream);
                if (last != null) {
                    open.send(events.encode(open.type(), last, List.of()));
                }
                open.end().close();
            }
        }
    }
}
