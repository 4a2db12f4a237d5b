package org.mesolith.leader.framework;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.EndStream;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.ToFramework;
import org.mesolith.leader.event.Effect.WakeAfter;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.FrameworkDown;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.StreamBeatDue;
import org.mesolith.leader.event.LeaderEvent.Tell;
import org.mesolith.leader.event.MetricNames;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StreamId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;

/** Who is subscribed, and the way to them. */
final class FrameworkSessions {
    private final Present present;
    private final Duration heartbeat;
    private final Tally tally;
    private final SortedMap<FrameworkId, FrameworkSession> byId = new TreeMap<>();
    private final SortedMap<StreamId, FrameworkSession> byStream = new TreeMap<>();
    private long version;

    /**
     * @param heartbeat between heartbeats on a stream
     */
    FrameworkSessions(Present present, Duration heartbeat, Tally tally) {
        this.present = present;
        this.heartbeat = heartbeat;
        this.tally = tally;
    }

    // ---- for the views and other handlers

    /** Frameworks that have a stream. */
    SortedSet<FrameworkId> connected() {
        var connected = new TreeSet<FrameworkId>();
        byStream.values().forEach(session -> connected.add(session.id));
        return connected;
    }

    /** Frameworks that had a stream in this term; the others are recovered. */
    SortedSet<FrameworkId> seen() {
        return new TreeSet<>(byId.keySet());
    }

    /** Whether it had a stream in this term. */
    boolean seen(FrameworkId framework) {
        return byId.containsKey(framework);
    }

    /** The framework's stream, or null. */
    @Nullable
    StreamId stream(FrameworkId framework) {
        var session = byId.get(framework);
        return session == null ? null : session.stream;
    }

    /** Every open stream; they end with the leadership. */
    List<StreamId> streams() {
        return List.copyOf(byStream.keySet());
    }

    /** Changes whenever one of the above does. */
    long version() {
        return version;
    }

    // ---- events

    /** An event for one framework; dropped while it is not connected. */
    List<Effect> tell(Tell tell) {
        var stream = stream(tell.framework());
        var row = present.registry().framework(tell.framework());
        return stream == null || row == null
                ? List.of()
                : List.of(
                        send(tell.framework(), stream, tell.event(), row.info().capabilities()));
    }

    /** An event for all that are connected. */
    List<Effect> tellAll(SchedulerEvent event) {
        var effects = new ArrayList<Effect>();
        for (var session : byStream.values()) {
            effects.addAll(tell(new Tell(session.id, event)));
        }
        return effects;
    }

    /** Time for a heartbeat, if the stream is still the framework's. */
    List<Effect> beat(StreamBeatDue due) {
        if (!due.stream().equals(stream(due.framework()))) {
            return List.of();
        }
        var effects = new ArrayList<>(tell(new Tell(due.framework(), new SchedulerEvent.Heartbeat())));
        effects.add(new WakeAfter(heartbeat, due));
        return effects;
    }

    /** Frameworks that ended: their stream closes and their agents end what is left of them. */
    List<Effect> applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            if (change instanceof Change.FrameworkRemoved(var id)) {
                removed(applied, id, effects);
            }
        }
        return effects;
    }

    private void removed(Applied applied, FrameworkId id, List<Effect> effects) {
        var session = byId.remove(id);
        if (session != null && session.stream != null) {
            byStream.remove(session.stream);
            effects.add(new EndStream(session.stream, null));
        }
        version++;
        forgetCounters(applied, id);
        effects.add(new Raise(new FrameworkDown(id)));
        var agents = new TreeSet<AgentId>();
        applied.before().tasksOfFramework(id).forEach(task -> agents.add(task.agent()));
        agents.forEach(agent -> effects.add(new Raise(new Order(agent, new AgentOrder.Shutdown(id)))));
    }

    private void forgetCounters(Applied applied, FrameworkId id) {
        tally.forget(id);
        var ended = applied.before().framework(id);
        var principal = ended == null ? null : ended.info().principal();
        if (principal == null) {
            return;
        }
        for (var row : applied.after().frameworks()) {
            if (principal.equals(row.info().principal())) {
                return;
            }
        }
        tally.forgetPrincipal(principal);
    }

    // ---- for the package

    /** Gives the framework this stream; says which one it had. */
    @Nullable
    StreamId attach(FrameworkId id, StreamId stream) {
        var session = byId.computeIfAbsent(id, FrameworkSession::new);
        var before = session.stream;
        if (before != null) {
            byStream.remove(before);
        }
        session.stream = stream;
        byStream.put(stream, session);
        version++;
        return before;
    }

    /** The framework whose stream this was, or null when it was nobody's. */
    @Nullable
    FrameworkId detach(StreamId stream) {
        var session = byStream.remove(stream);
        if (session == null) {
            return null;
        }
        session.stream = null;
        version++;
        return session.id;
    }

    WakeAfter nextBeat(FrameworkId framework, StreamId stream) {
        return new WakeAfter(heartbeat, new StreamBeatDue(framework, stream));
    }

    Duration heartbeat() {
        return heartbeat;
    }

    ToFramework send(
            FrameworkId framework, StreamId stream, SchedulerEvent event, List<FrameworkCapability> capabilities) {
        tally.countFor(framework, "events");
        tally.countFor(framework, "events/<event_type>", MetricNames.event(event));
        boolean aware = capabilities.contains(FrameworkCapability.PARTITION_AWARE);
        var seen = event instanceof SchedulerEvent.Update(var status, var data) && !aware
                ? new SchedulerEvent.Update(forOldFrameworks(status), data)
                : event;
        return new ToFramework(stream, seen, capabilities);
    }

    /** Frameworks that are not partition-aware know neither the newer states nor the reason of a gone agent. */
    private static TaskStatus forOldFrameworks(TaskStatus status) {
        if (status.state() != TaskState.TASK_GONE_BY_OPERATOR) {
            return status.withState(status.state().seenByOldFrameworks());
        }
        return new TaskStatus(
                status.task(),
                TaskState.TASK_LOST,
                status.source(),
                status.reason() == StatusReason.REASON_AGENT_REMOVED_BY_OPERATOR
                        ? StatusReason.REASON_AGENT_REMOVED
                        : status.reason(),
                status.message(),
                status.timestamp(),
                status.uuid(),
                status.agent(),
                status.executor(),
                status.healthy(),
                status.rest());
    }
}
