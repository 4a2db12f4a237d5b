package org.mesolith.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The network: connections between places that keep order, take time, and break when either end dies. While two places
 * are cut off from each other nothing arrives; what was sent waits, as on a real connection, until the cut is healed or
 * one end gives up.
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

    private record Pair(String one, String other) implements Comparable<Pair> {
        static Pair of(String a, String b) {
            return a.compareTo(b) <= 0 ? new Pair(a, b) : new Pair(b, a);
        }

        @Override
        public int compareTo(Pair that) {
            int byOne = one.compareTo(that.one);
            return byOne != 0 ? byOne : other.compareTo(that.other);
        }
    }

    private final SimClock clock;
    private final Dice dice;
    private final TreeMap<String, Listener> listeners = new TreeMap<>();
    private final TreeMap<String, List<SimWire>> ends = new TreeMap<>();
    private final TreeSet<Pair> cuts = new TreeSet<>();

    SimNet(SimClock clock, Dice dice) {
        this.clock = clock;
        this.dice = dice;
    }

    SimClock clock() {
        return clock;
    }

    Dice dice() {
        return dice;
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
        if (isCut(from, to)) {
            clock.after(DIAL_TIMEOUT, refused);
            return;
        }
        clock.after(dice.travel(), () -> {
            var listener = listeners.get(to);
            if (listener == null || isCut(from, to)) {
                clock.after(listener == null ? dice.travel() : DIAL_TIMEOUT, refused);
                return;
            }
            var near = new SimWire(this, from);
            var far = new SimWire(this, to);
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
        for (var end : ends.getOrDefault(place, List.of())) {
            end.die(dice.oneIn(4) ? dice.between(Duration.ofSeconds(1), HALF_OPEN_MAX) : dice.travel());
        }
        ends.remove(place);
    }

    /** One connection of this place breaks, if it has any. */
    void breakOne(String place) {
        var open = ends.getOrDefault(place, List.of()).stream()
                .filter(end -> !end.isClosed())
                .toList();
        if (!open.isEmpty()) {
            dice.oneOf(open).snap();
        }
    }

    /** Nothing arrives between the two from now on. */
    void cut(String one, String other) {
        cuts.add(Pair.of(one, other));
    }

    /** The two hear each other again. */
    void heal(String one, String other) {
        if (cuts.remove(Pair.of(one, other))) {
            for (var place : List.of(one, other)) {
                List.copyOf(ends.getOrDefault(place, List.of())).forEach(SimWire::goOn);
            }
        }
    }

    /** Everybody hears everybody. */
    void healAll() {
        for (var pair : List.copyOf(cuts)) {
            heal(pair.one(), pair.other());
        }
    }

    boolean isCut(String one, String other) {
        return cuts.contains(Pair.of(one, other));
    }
}
