package org.mesolith.leader.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.mesolith.api.OperatorEvent;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.EndWatch;
import org.mesolith.leader.event.Effect.ToOperators;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.StreamClosed;
import org.mesolith.leader.event.LeaderEvent.WatchBeatDue;
import org.mesolith.leader.event.LeaderEvent.Watching;
import org.mesolith.leader.event.Present;
import org.mesolith.model.AgentId;
import org.mesolith.model.Offer;
import org.mesolith.model.StreamId;

/**
 * Operators who are told what happens. While there is none, nothing is made. Mesos: {@code Subscribers} in
 * {@code master.cpp}.
 */
public final class Watchers {
    private final Present present;
    private final Settings settings;
    private final Supplier<SortedSet<AgentId>> recovered;
    private final WatchEvents events;

    /** Oldest first. */
    private final LinkedHashSet<StreamId> open = new LinkedHashSet<>();

    /** The same, to be handed out; made anew when somebody comes or goes. */
    private List<StreamId> streams = List.of();

    /** Agents that whoever listens was shown as not heard since the leader changed. */
    private SortedSet<AgentId> away = new TreeSet<>();

    /**
     * How many may listen, and how often they hear something.
     *
     * @param max one more ends the oldest one's stream
     */
    public record Settings(int max, Duration heartbeat) {}

    /**
     * @param recovered registered agents that were not heard in this term
     * @param offers that are open
     */
    public Watchers(
            Present present, Settings settings, Supplier<SortedSet<AgentId>> recovered, Supplier<List<Offer>> offers) {
        this.present = present;
        this.settings = settings;
        this.recovered = recovered;
        this.events = new WatchEvents(offers);
    }

    /** Somebody was shown what is. */
    public List<Effect> watching(Watching watching) {
        var effects = new ArrayList<Effect>();
        if (open.isEmpty()) {
            away = new TreeSet<>(recovered.get());
        }
        open.add(watching.stream());
        while (open.size() > settings.max()) {
            effects.add(new EndWatch(open.removeFirst()));
        }
        streams = List.copyOf(open);
        effects.add(nextBeat(watching.stream()));
        return effects;
    }

    /** A stream has ended; perhaps one of ours. */
    public List<Effect> closed(StreamClosed closed) {
        if (open.remove(closed.stream())) {
            streams = List.copyOf(open);
        }
        return List.of();
    }

    /** Time for a heartbeat. */
    public List<Effect> beat(WatchBeatDue due) {
        if (!open.contains(due.stream())) {
            return List.of();
        }
        var beat = new ToOperators(List.of(due.stream()), new OperatorEvent.Heartbeat(), present.registry());
        return List.of(beat, nextBeat(due.stream()));
    }

    private Effect nextBeat(StreamId stream) {
        return new WakeAfter(settings.heartbeat(), new WatchBeatDue(stream));
    }

    /** What this change is to those who listen. */
    public List<Effect> applied(Applied applied) {
        if (open.isEmpty()) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var event : events.of(applied)) {
            if (event instanceof OperatorEvent.AgentAdded(var agent)) {
                away.remove(agent.id());
            }
            effects.add(new ToOperators(streams, event, applied.after()));
        }
        return effects;
    }

    /** An agent that was not heard since the leader changed is back, as it was. */
    public List<Effect> up(AgentId agent) {
        var row = present.registry().agent(agent);
        if (open.isEmpty() || row == null || !away.remove(agent)) {
            return List.of();
        }
        return List.of(new ToOperators(streams, events.added(row, present.registry()), present.registry()));
    }

    /** Streams of those who listen, the oldest first. */
    public List<StreamId> streams() {
        return streams;
    }
}
