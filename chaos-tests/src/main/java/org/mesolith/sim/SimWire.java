package org.mesolith.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.mesolith.base.Check;
import org.mesolith.sim.plan.Dice;

/** One end of a simulated connection. */
final class SimWire {
    /** Parcels that may be under way; more are not taken. */
    private static final int UNDER_WAY_MAX = 2_000;

    private final SimNet net;
    private final String place;
    private final Dice dice;
    private final ArrayDeque<Parcel> coming = new ArrayDeque<>();
    private SimWire other = this;
    private Consumer<Parcel> hears = parcel -> {};
    private Runnable whenClosed = () -> {};
    private Instant lastArrival = SimClock.START;
    private int stuck;
    private boolean closed;

    /**
     * @param dice of the connection
     */
    SimWire(SimNet net, String place, Dice dice) {
        this.net = net;
        this.place = place;
        this.dice = dice;
    }

    void join(SimWire far) {
        other = far;
        far.other = this;
    }

    String place() {
        return place;
    }

    /** Where the other end is. */
    String peer() {
        return other.place;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Says who hears this end.
     *
     * @param whenClosed once, when the other end closed or died; not when this one closes
     */
    void hear(Consumer<Parcel> parcels, Runnable whenClosed) {
        this.hears = parcels;
        this.whenClosed = whenClosed;
    }

    /** False: the end is closed, or too much is under way. */
    boolean send(Parcel parcel) {
        if (closed || other.coming.size() >= UNDER_WAY_MAX) {
            return false;
        }
        other.expect(parcel, travel());
        return true;
    }

    /** Closes; what was sent before still arrives. */
    void close() {
        if (!closed) {
            closed = true;
            coming.clear();
            other.expect(new Parcel.End(), travel());
        }
    }

    /** The process of this end died: part of what was sent is lost, the other end learns of it after a time. */
    void die(Duration learns) {
        if (!closed) {
            closed = true;
            coming.clear();
            other.loseSome();
            other.expect(new Parcel.End(), learns);
        }
    }

    /** The connection breaks in the middle: part of what is under way is lost, both ends learn of it. */
    void snap() {
        for (var end : new SimWire[] {this, other}) {
            end.loseSome();
            end.expect(new Parcel.End(), dice.travel());
        }
    }

    private void loseSome() {
        int keep = dice.below(coming.size() + 1);
        while (coming.size() > keep) {
            coming.removeLast();
        }
    }

    private Duration travel() {
        return net.travel(place, other.place, dice);
    }

    private void expect(Parcel parcel, Duration travel) {
        var now = net.clock().now();
        var arrival = now.plus(travel);
        if (arrival.isBefore(lastArrival)) {
            arrival = lastArrival;
        }
        lastArrival = arrival;
        coming.add(parcel);
        net.clock().after(Duration.between(now, arrival), this::arrive);
    }

    /** The oldest parcel arrives, unless the way is cut or nobody takes it. */
    private void arrive() {
        if (closed || coming.isEmpty()) {
            return;
        }
        if (net.isHeld(other.place, place)) {
            stuck++;
            return;
        }
        var parcel = Check.present(coming.poll(), "parcel");
        if (parcel instanceof Parcel.End) {
            closed = true;
            coming.clear();
            whenClosed.run();
        } else {
            hears.accept(parcel);
        }
    }

    /** The cut is healed. */
    void goOn() {
        int waiting = stuck;
        stuck = 0;
        for (int i = 0; i < waiting; i++) {
            net.clock().after(dice.travel(), this::arrive);
        }
    }
}
