package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mesolith.sim.plan.Dice;

/**
 * The network: connections between places that keep order, take time, and break when either end dies. While the way
 * from one place to another is cut nothing arrives there; what was sent waits, as on a real connection, until the cut
 * is healed or one end gives up. It also waits while the process at a place is stopped.
 */
final class SimNet {
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(3);

    /** How long an end of a connection may look alive after the other one died. */
    private static final Duration HALF_OPEN_MAX = Duration.ofSeconds(20);

    /** The server's side. */
    interface Listener {
        /** A new connection; the listener says at once who hears it ({@link SimWire#hear}). */
        void accepted(SimWire end);
    }

    /** One direction. */
    private record Way(String from, String to) implements Comparable<Way> {
        @Override
        public int compareTo(Way that) {
            int byFrom = from.compareTo(that.from);
            return byFrom != 0 ? byFrom : to.compareTo(that.to);
        }
    }

    private final SimClock clock;
    private final Dice dice;
    private final TreeMap<String, Listener> listeners = new TreeMap<>();
    private final TreeMap<String, List<SimWire>> ends = new TreeMap<>();
    private final TreeMap<Way, Integer> cuts = new TreeMap<>();
    private final TreeMap<String, Duration> slow = new TreeMap<>();
    private final TreeSet<String> stopped = new TreeSet<>();
    private final TreeMap<Way, Integer> dialled = new TreeMap<>();

    SimNet(SimClock clock, Dice dice) {
        this.clock = clock;
        this.dice = dice;
    }

    SimClock clock() {
        return clock;
    }

    /** A process listens at this place until it dies. */
    void listen(String place, Listener listener) {
        listeners.put(place, listener);
    }

    /**
     * Opens a connection.
     *
     * @param connected is given the near end
     * @param refused nobody listens there, or nothing was heard in time
     */
    void dial(String from, String to, Consumer<SimWire> connected, Runnable refused) {
        if (isCutEitherWay(from, to)) {
            clock.after(DIAL_TIMEOUT, refused);
            return;
        }
        var way = new Way(from, to);
        var own = dice.fork(from + " " + to + " " + dialled.merge(way, 1, Integer::sum));
        clock.after(travel(way, own), () -> {
            var listener = listeners.get(to);
            if (listener == null || isCutEitherWay(from, to)) {
                clock.after(listener == null ? own.travel() : DIAL_TIMEOUT, refused);
                return;
            }
            var near = new SimWire(this, from, own);
            var far = new SimWire(this, to, own);
            near.join(far);
            keep(near);
            keep(far);
            connected.accept(near);
            listener.accepted(far);
        });
    }

    private void keep(SimWire end) {
        var here = ends.computeIfAbsent(end.place(), place -> new ArrayList<>());
        here.removeIf(SimWire::isClosed);
        here.add(end);
    }

    /** The process at this place has died: the other ends learn it soon, or after a while. */
    void died(String place) {
        listeners.remove(place);
        stopped.remove(place);
        for (var end : ends.getOrDefault(place, List.of())) {
            end.die(dice.oneIn(4) ? dice.between(Duration.ofSeconds(1), HALF_OPEN_MAX) : dice.travel());
        }
        ends.remove(place);
    }

    /** One connection of this place breaks, if it has any. */
    void breakOne(String place, Dice which) {
        var open = ends.getOrDefault(place, List.of()).stream()
                .filter(end -> !end.isClosed())
                .toList();
        if (!open.isEmpty()) {
            which.oneOf(open).snap();
        }
    }

    // ---- trouble

    /** Nothing arrives between the two from now on. */
    void cut(String one, String other) {
        cutWay(one, other);
        cutWay(other, one);
    }

    /** The two hear each other again, unless they were cut off twice. */
    void heal(String one, String other) {
        healWay(one, other);
        healWay(other, one);
    }

    /** Nothing arrives that the first sends to the second. */
    void cutWay(String from, String to) {
        cuts.merge(new Way(from, to), 1, Integer::sum);
    }

    /** Takes a {@link #cutWay} back. */
    void healWay(String from, String to) {
        var way = new Way(from, to);
        int left = cuts.getOrDefault(way, 1) - 1;
        if (left > 0) {
            cuts.put(way, left);
        } else {
            cuts.remove(way);
            goOn(to);
        }
    }

    /** What this place sends and is sent takes up to this time more; zero: no more. */
    void setSlow(String place, Duration max) {
        if (max.isZero()) {
            slow.remove(place);
        } else {
            slow.put(place, max);
        }
    }

    /** The process at this place is stopped: what comes waits. */
    void stop(String place) {
        stopped.add(place);
    }

    /** The process at this place goes on. */
    void wake(String place) {
        if (stopped.remove(place)) {
            goOn(place);
        }
    }

    private void goOn(String place) {
        List.copyOf(ends.getOrDefault(place, List.of())).forEach(SimWire::goOn);
    }

    private boolean isCutEitherWay(String one, String other) {
        return cuts.containsKey(new Way(one, other)) || cuts.containsKey(new Way(other, one));
    }

    /** True when a parcel cannot arrive now. */
    boolean isHeld(String from, String to) {
        return stopped.contains(to) || (!cuts.isEmpty() && cuts.containsKey(new Way(from, to)));
    }

    /** Time that a parcel takes between two places now. */
    Duration travel(String from, String to, Dice own) {
        return travel(new Way(from, to), own);
    }

    private Duration travel(Way way, Dice own) {
        var time = own.travel();
        for (var place : List.of(way.from(), way.to())) {
            var more = slow.get(place);
            time = more == null ? time : time.plus(own.between(Duration.ZERO, more));
        }
        return time;
    }
}
