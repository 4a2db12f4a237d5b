package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.SchedulerClientCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StreamId;
import org.mesolith.sim.plan.Dice;

/**
 * A scheduler's way to the leader: looks for it, subscribes, keeps a second connection for calls, and starts over when
 * either ends or nothing is heard for too long.
 */
final class SchedulerLink {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(16);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /** The process it runs in, and its chance. */
    record Self(SimProcess process, Dice dice) {}

    /** The scheduler itself. */
    interface Owner {
        FrameworkId id();

        /** False before the first subscription. */
        boolean hasId();

        SchedulerCall.Subscribe subscription();

        /** This call is made twice. */
        void repeated(SchedulerCall call);

        /** Calls may be made from now on. */
        void up();

        /** The stream is gone, and with it every offer. */
        void down();

        void on(SchedulerEvent event);
    }

    private final String place;
    private final SimNet net;
    private final SimProcess process;
    private final Dice dice;
    private final Trace trace;
    private final List<String> masters;
    private final Owner owner;
    private final SchedulerClientCodec codec = new SchedulerClientCodec(CodecLimits.DEFAULT);
    private final TreeMap<Long, Consumer<Reply>> pending = new TreeMap<>();
    private int attempt;
    private int nextMaster;
    private long lastCall;
    private Encoding streamType = Encoding.PROTOBUF;
    private boolean running;
    private boolean repeats;
    private boolean subscribed;
    private Instant heardAt = SimClock.START;
    private @Nullable SimWire events;
    private @Nullable SimWire calls;
    private @Nullable StreamId stream;

    SchedulerLink(SimPlace where, List<String> masters, Owner owner, Self self) {
        this.place = where.name();
        this.net = where.net();
        this.trace = where.trace();
        this.masters = masters;
        this.owner = owner;
        this.process = self.process();
        this.dice = self.dice();
    }

    /** True while calls can be made. */
    boolean isUp() {
        return subscribed && calls != null;
    }

    void start() {
        running = true;
        seek(null, Duration.ZERO);
    }

    /** The scheduler's process dies. */
    void die() {
        running = false;
        attempt++;
        events = null;
        calls = null;
        reset();
        net.died(place);
    }

    /** From now on many a call arrives twice, or none does. */
    void setRepeats(boolean yes) {
        repeats = yes;
    }

    /** Ends for good. */
    void stop() {
        running = false;
        lose(null, Duration.ZERO);
    }

    /** Makes a call; the reply comes once, {@link Reply.Late} when none did. */
    void call(SchedulerCall call, Consumer<Reply> then) {
        var open = calls;
        if (!subscribed || open == null) {
            then.accept(new Reply.NotLeader(null));
            return;
        }
        long number = ++lastCall;
        pending.put(number, then);
        trace.note(place, "calls", number, call);
        var parcel = parcel(number, new SchedulerRequest(owner.id(), call), stream);
        open.send(parcel);
        if (repeats && dice.oneIn(2)) {
            trace.note(place, "call", number, "arrives twice");
            owner.repeated(call);
            open.send(parcel);
        }
        process.after(CALL_TIMEOUT, () -> answer(number, new Reply.Late()));
    }

    /** Encoded in the two ways in turn. */
    private Parcel.Call parcel(long number, SchedulerRequest request, @Nullable StreamId on) {
        var type = number % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
        return new Parcel.Call(number, "/api/v1/scheduler", type, codec.encode(type, request), on, null);
    }

    private SchedulerEvent read(byte[] record) {
        return switch (codec.decode(streamType, record)) {
            case Decoded.Ok<SchedulerEvent>(var event) -> event;
            case Decoded.Refused<SchedulerEvent> refused ->
                throw new IllegalStateException(place + " cannot read an event: " + refused.text());
        };
    }

    // ---- connections

    private BooleanSupplier sameAttempt() {
        int mine = ++attempt;
        return () -> mine == attempt && running;
    }

    private void seek(@Nullable String named, Duration after) {
        var current = sameAttempt();
        process.after(after, () -> {
            if (current.getAsBoolean()) {
                var target = named == null ? masters.get(nextMaster++ % masters.size()) : named;
                net.dial(
                        place,
                        target,
                        end -> connected(end, current),
                        () -> process.run(() -> {
                            if (current.getAsBoolean()) {
                                seek(null, backoff());
                            }
                        }));
            }
        });
    }

    private Duration backoff() {
        return dice.between(Duration.ofMillis(100), Duration.ofMillis(1_000));
    }

    private void connected(SimWire end, BooleanSupplier current) {
        if (!current.getAsBoolean()) {
            end.close();
            return;
        }
        events = end;
        heardAt = net.clock().now();
        end.hear(
                parcel -> {
                    if (current.getAsBoolean()) {
                        heard(parcel);
                    }
                },
                () -> {
                    if (current.getAsBoolean()) {
                        lose(null, backoff());
                    }
                });
        var id = owner.hasId() ? owner.id() : null;
        var subscription = parcel(++lastCall, new SchedulerRequest(id, owner.subscription()), null);
        streamType = subscription.type();
        end.send(subscription);
        listen(current);
    }

    /** Gives a silent leader up. */
    private void listen(BooleanSupplier current) {
        process.after(Duration.ofSeconds(2), () -> {
            if (!current.getAsBoolean()) {
                return;
            }
            if (Duration.between(heardAt, net.clock().now()).compareTo(SILENCE_MAX) > 0) {
                trace.note(place, "hears nothing and looks for another leader");
                lose(null, Duration.ZERO);
            } else {
                listen(current);
            }
        });
    }

    private void heard(Parcel parcel) {
        heardAt = net.clock().now();
        switch (parcel) {
            case Parcel.Opened(var opened) -> stream = opened;
            case Parcel.Answer(var _, var reply) ->
                lose(reply instanceof Reply.NotLeader(var address) ? address : null, backoff());
            case Parcel.Event(var record) -> {
                var event = read(record);
                if (event instanceof SchedulerEvent.Subscribed) {
                    subscribed = true;
                    dialForCalls();
                }
                owner.on(event);
            }
            case Parcel.Up _, Parcel.Down _, Parcel.TryThere _, Parcel.Call _, Parcel.End _ ->
                throw new IllegalStateException("a scheduler heard " + parcel);
        }
    }

    private void dialForCalls() {
        var open = events;
        if (open == null) {
            return;
        }
        int mine = attempt;
        BooleanSupplier current = () -> mine == attempt && running;
        Runnable gone = () -> {
            if (current.getAsBoolean()) {
                lose(null, backoff());
            }
        };
        net.dial(
                place,
                open.peer(),
                end -> {
                    if (!current.getAsBoolean()) {
                        end.close();
                        return;
                    }
                    calls = end;
                    end.hear(
                            parcel -> {
                                if (parcel instanceof Parcel.Answer(long number, var reply)) {
                                    answer(number, reply);
                                }
                            },
                            gone);
                    process.run(() -> {
                        if (current.getAsBoolean()) {
                            owner.up();
                        }
                    });
                },
                () -> process.run(gone));
    }

    private void answer(long number, Reply reply) {
        var then = pending.remove(number);
        if (then != null) {
            if (!(reply instanceof Reply.Accepted)) {
                trace.note(place, "is answered", number, reply);
            }
            then.accept(reply);
        }
    }

    private void lose(@Nullable String next, Duration after) {
        attempt++;
        for (var end : new @Nullable SimWire[] {events, calls}) {
            if (end != null) {
                end.close();
            }
        }
        events = null;
        calls = null;
        reset();
        if (running) {
            seek(next, after);
        }
    }

    private void reset() {
        stream = null;
        subscribed = false;
        owner.down();
        var open = List.copyOf(pending.keySet());
        open.forEach(number -> answer(number, new Reply.OutcomeUnknown()));
    }
}
