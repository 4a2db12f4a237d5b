package org.mesolith.leader.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.CloseLink;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.ToAgent;
import org.mesolith.leader.event.LeaderEvent;
import org.mesolith.leader.event.LeaderEvent.AgentDown;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.TellAll;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.Position;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.TaskCommand;
import org.mesolith.state.row.AgentRow;

/** Every registered agent and its link, if it has one. */
final class AgentSessions {
    private final Present present;
    private final Tally tally;
    private final SortedMap<AgentId, AgentSession> byId = new TreeMap<>();
    private final SortedMap<LinkId, AgentSession> byLink = new TreeMap<>();
    private long version;

    /** Takes up the registered agents: none of them has been heard in this term. */
    AgentSessions(Present present, Tally tally) {
        this.present = present;
        this.tally = tally;
        for (var row : present.registry().agents()) {
            if (row.isRegistered()) {
                byId.put(row.id(), new AgentSession(row.id()));
            }
        }
    }

    // ---- for the views and other handlers

    /** Agents that have a link. */
    SortedSet<AgentId> connected() {
        var connected = new TreeSet<AgentId>();
        byLink.values().forEach(session -> connected.add(session.id));
        return connected;
    }

    /** Registered agents that were not heard in this term. */
    SortedSet<AgentId> recovered() {
        var recovered = new TreeSet<AgentId>();
        byId.values().stream().filter(session -> session.heard == null).forEach(session -> recovered.add(session.id));
        return recovered;
    }

    /** Addresses of agents that were heard in this term. */
    SortedMap<AgentId, String> peers() {
        var peers = new TreeMap<AgentId, String>();
        byId.values().forEach(session -> {
            if (!session.peer.isEmpty()) {
                peers.put(session.id, session.peer);
            }
        });
        return peers;
    }

    /** When agents that are emptied, or were, and were heard in this term had begun with that; Mesos: an estimate. */
    SortedMap<AgentId, Instant> drainsBegun() {
        var begun = new TreeMap<AgentId, Instant>();
        byId.values().forEach(session -> {
            if (session.drainBegun != null) {
                begun.put(session.id, session.drainBegun);
            }
        });
        return begun;
    }

    private void drains(AgentSession session, @Nullable AgentRow row) {
        if (row == null || row.drain() == null) {
            session.drainBegun = null;
        } else if (session.drainBegun == null && session.heard != null) {
            session.drainBegun = present.now();
        }
    }

    /** How many agents have a link, by the version of their software; {@code unknown} for those that do not tell. */
    SortedMap<String, Integer> versions() {
        var counts = new TreeMap<String, Integer>();
        byLink.values().forEach(session -> {
            var version = session.software.version();
            counts.merge(version.isEmpty() ? "unknown" : version, 1, Integer::sum);
        });
        return counts;
    }

    /** How many agents with a link have a clock that is further than this from the leader's. */
    long clocksOff(Duration max) {
        return byLink.values().stream()
                .filter(session -> Math.abs(session.clockAheadMillis) > max.toMillis())
                .count();
    }

    /** Changes whenever one of the above does. */
    long version() {
        return version;
    }

    // ---- events

    /** An order for an agent; dropped when it has no link, for it is matched when it comes back. */
    List<Effect> order(LeaderEvent.Order order) {
        var session = byId.get(order.agent());
        var link = session == null ? null : session.link;
        if (order.order() instanceof AgentOrder.Acknowledge(var _, var _, boolean asked) && asked) {
            tally.count(
                    link == null
                            ? "master/invalid_status_update_acknowledgements"
                            : "master/valid_status_update_acknowledgements");
        }
        if (session == null || link == null) {
            return List.of();
        }
        if (session.software.level() < order.order().level()) {
            return tooOld(session, order.order());
        }
        return List.of(new ToAgent(link, order.order().with(present.fence())));
    }

    /** The agent does not understand the order: a task that it would start ends at once, and so does its executor. */
    private List<Effect> tooOld(AgentSession session, AgentOrder order) {
        return switch (order) {
            case AgentOrder.Launch(var key, var launchedAt, var _, var _, var _, var _, var under)
            when under != null -> tooOld(session, order.level(), under, launchedAt, List.of(key));
            case AgentOrder.LaunchGroup group ->
                tooOld(
                        session,
                        order.level(),
                        group.under(),
                        group.launchedAt(),
                        group.tasks().stream()
                                .map(task -> new TaskKey(group.framework(), task.task()))
                                .toList());
            default -> List.of();
        };
    }

    private static List<Effect> tooOld(
            AgentSession session, int level, LinkMessage.Launch.Under under, Position launchedAt, List<TaskKey> tasks) {
        var why = "Agent " + session.id + " runs a version that knows no executors"
                + " (level " + session.software.level() + " of the link, " + level
                + " is needed); upgrade it, or launch the task elsewhere";
        var effects = new ArrayList<Effect>();
        effects.add(propose(new TaskCommand.DropTasks(tasks.stream()
                .map(key -> new TaskCommand.DropTasks.Drop(
                        key, launchedAt, TaskState.TASK_FAILED, StatusReason.REASON_CONTAINER_LAUNCH_FAILED, why))
                .toList())));
        var at = under.launchedAt();
        if (at != null) {
            effects.add(propose(new TaskCommand.EndExecutors(List.of(new TaskCommand.EndExecutors.End(
                    tasks.getFirst().framework(), under.executor(), session.id, at)))));
        }
        return effects;
    }

    private static Effect propose(TaskCommand command) {
        return Propose.upkeep("tasks that their agent is too old for", command);
    }

    /** A link has ended. */
    List<Effect> lost(LinkId link) {
        var session = byLink.remove(link);
        if (session == null) {
            return List.of();
        }
        session.link = null;
        session.listAwaited = false;
        version++;
        return List.of(new Raise(new AgentDown(session.id)));
    }

    /** Closes the agent's link, if it has one: it joins again, and says all that it has to say. */
    List<Effect> giveUp(AgentId id, String why) {
        var session = byId.get(id);
        if (session == null || session.link == null) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        effects.add(new CloseLink(session.link, why));
        effects.addAll(lost(session.link));
        return effects;
    }

    /** What was decided about agents. */
    List<Effect> applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            switch (change) {
                case Change.AgentPut(var row)
                when row.isRegistered() -> {
                    drains(appeared(row.id()), row);
                    effects.addAll(reserved(row, applied.before().agent(row.id())));
                }
                case Change.AgentPut(var row) -> {
                    var before = applied.before().agent(row.id());
                    if (before == null || before.isRegistered()) {
                        vanished(row.id(), "marked unreachable: join again", effects);
                    }
                }
                case Change.AgentRemoved(var id) -> removed(applied, id, effects);
                case Change.MembershipPut(var row) ->
                    effects.addAll(told(applied.before().membership().masters(), row.masters()));
                default -> {}
            }
        }
        return effects;
    }

    /** Every agent hears at once where the masters are now: the old ones may be gone when it looks for them. */
    private List<Effect> told(List<String> before, List<String> now) {
        if (before.equals(now)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        byLink.keySet()
                .forEach(link -> effects.add(new ToAgent(link, new LinkMessage.MasterHeartbeat(present.fence(), now))));
        return effects;
    }

    /** What operations made of the agent has changed: it writes that down before anybody can use it. */
    private List<Effect> reserved(AgentRow row, @Nullable AgentRow before) {
        var session = byId.get(row.id());
        boolean same = before == null || before.reserved().equals(row.reserved());
        return same || session == null || session.link == null
                ? List.of()
                : List.of(new ToAgent(session.link, new LinkMessage.SetReserved(present.fence(), row.reserved())));
    }

    private AgentSession appeared(AgentId id) {
        return byId.computeIfAbsent(id, fresh -> {
            version++;
            return new AgentSession(fresh);
        });
    }

    private void removed(Applied applied, AgentId id, List<Effect> effects) {
        var session = byId.get(id);
        var why = whyForGood(applied, id);
        if (session != null && session.link != null && why != null) {
            effects.add(new ToAgent(session.link, new LinkMessage.Refuse(present.fence(), why, true)));
        }
        vanished(id, "removed", effects);
    }

    private static @Nullable String whyForGood(Applied applied, AgentId id) {
        if (applied.after().goneAgent(id) != null) {
            return "this agent was marked gone by an operator";
        }
        var row = applied.before().agent(id);
        boolean down =
                row != null && applied.after().maintenance().isDown(row.info().hostname(), row.address());
        return down ? "this agent's machine is taken down for maintenance" : null;
    }

    private void vanished(AgentId id, String why, List<Effect> effects) {
        var session = byId.remove(id);
        if (session == null) {
            return;
        }
        version++;
        if (session.link != null) {
            byLink.remove(session.link);
            effects.add(new CloseLink(session.link, why));
            effects.add(new Raise(new AgentDown(id)));
        }
        effects.add(new Raise(new TellAll(new SchedulerEvent.Failure(id, null, null))));
    }

    // ---- for the package

    @Nullable
    AgentSession of(AgentId id) {
        return byId.get(id);
    }

    @Nullable
    AgentSession of(LinkId link) {
        return byLink.get(link);
    }

    Collection<AgentSession> all() {
        return byId.values();
    }

    List<LinkId> links() {
        return List.copyOf(byLink.keySet());
    }

    /** Gives the agent this link; one that it had before is closed. */
    AgentSession attach(AgentId id, LinkId link, List<Effect> effects) {
        var session = byId.computeIfAbsent(id, AgentSession::new);
        if (session.link != null) {
            byLink.remove(session.link);
            effects.add(new CloseLink(session.link, "the agent opened another link"));
        }
        session.link = link;
        session.heard = present.now();
        drains(session, present.registry().agent(id));
        byLink.put(link, session);
        version++;
        return session;
    }
}
