package org.mesolith.leader.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentTask;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.TaskDigest;
import org.mesolith.base.Limits;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.CloseLink;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.Effect.Report;
import org.mesolith.leader.event.Effect.ToAgent;
import org.mesolith.leader.event.LeaderEvent.AgentMatched;
import org.mesolith.leader.event.LeaderEvent.AgentUp;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.ExecutorOver;
import org.mesolith.leader.event.LeaderEvent.ExecutorSpoke;
import org.mesolith.leader.event.LeaderEvent.ExecutorsListed;
import org.mesolith.leader.event.LeaderEvent.LinkSaid;
import org.mesolith.leader.event.LeaderEvent.StatusesHeard;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.model.Fence;
import org.mesolith.model.Lent;
import org.mesolith.model.Resources;
import org.mesolith.state.Actor;
import org.mesolith.state.AgentCommand.AdmitAgent;
import org.mesolith.state.AgentCommand.RemoveAgent;
import org.mesolith.state.AgentCommand.UpdateAgent;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.row.AgentRow;

/**
 * How agents join and what they say. One that is registered and says nothing new of itself is welcomed without a word
 * in the log: after a change of leader a whole cluster comes back this way.
 *
 * <pre>
 *   Join ──► (AdmitAgent in the log, unless nothing is new) ──► Welcome
 *              fingerprints agree ──► AgentMatched
 *              they differ ──► SendTasks ──► Tasks ──► AgentMatched
 * </pre>
 */
final class AgentJoins {
    /** One more agent per beat's thousandth: heartbeats cost at most this many messages a second. */
    private static final int BEATS_PER_SECOND_MAX = 5_000;

    private record Joining(LinkMessage.Join join, String peer, boolean wasUnreachable) {}

    private final Present present;
    private final AgentSessions sessions;
    private final Duration linkHeartbeat;
    private final Tally tally;
    private final SortedMap<LinkId, Joining> joining = new TreeMap<>();

    /**
     * @param linkHeartbeat between heartbeats while there are few agents
     */
    AgentJoins(Present present, AgentSessions sessions, Duration linkHeartbeat, Tally tally) {
        this.present = present;
        this.sessions = sessions;
        this.linkHeartbeat = linkHeartbeat;
        this.tally = tally;
    }

    /** An agent said something. */
    List<Effect> said(LinkSaid said) {
        if (said.message() instanceof LinkMessage.Join join) {
            return join(said.link(), said.peer(), join);
        }
        var session = sessions.of(said.link());
        if (session == null) {
            return List.of();
        }
        session.heard = present.now();
        return switch (said.message()) {
            case LinkMessage.Join _ -> List.of();
            case LinkMessage.AgentHeartbeat(long clockMillis) -> {
                session.clock(clockMillis, present.now());
                yield List.of();
            }
            case LinkMessage.Tasks(var tasks) -> listed(session, tasks);
            case LinkMessage.Statuses(var updates) -> List.of(new Raise(new StatusesHeard(session.id, updates)));
            case LinkMessage.Executors(var runs) -> List.of(new Raise(new ExecutorsListed(session.id, runs)));
            case LinkMessage.ExecutorEnded ended -> List.of(new Raise(new ExecutorOver(session.id, ended)));
            case LinkMessage.ExecutorSaid words -> List.of(new Raise(new ExecutorSpoke(session.id, words)));
            case LinkMessage.Oversubscribed(var total) -> lends(session, total);
            case LinkMessage.Leave _ -> leave(session.id);
            case LinkMessage.RefusedOrder refused ->
                List.of(
                        new Report("agent " + session.id + " refused an order of this leader (" + refused.order()
                                + "): it has obeyed " + refused.newest() + ", " + refused.verdict()),
                        new CloseLink(said.link(), "the agent obeys another leader"));
        };
    }

    /** The link has ended before or after its welcome. */
    void lost(LinkId link) {
        joining.remove(link);
    }

    /** Links that wait for their welcome. */
    List<LinkId> links() {
        return List.copyOf(joining.keySet());
    }

    /** An admission was decided. */
    List<Effect> decided(Decided decided, LinkId link) {
        var waiting = joining.remove(link);
        if (waiting == null) {
            return List.of();
        }
        return switch (decided.outcome()) {
            case Outcome.Accepted(var _, Result.AgentAdmitted(var id, boolean _))
            when present.registry().agent(id) == null -> admittedForNothing(link, id);
            case Outcome.Accepted(var _, Result.AgentAdmitted(var id, boolean returned)) -> {
                tally.count(returned ? "master/slave_reregistrations" : "master/slave_registrations");
                yield welcome(link, id, waiting);
            }
            case Outcome.Accepted _ -> refuse(link, "the admission had no result", false);
            case Outcome.Rejected(var reason, var message) ->
                refuse(link, message, reason == Reason.AGENT_GONE || reason == Reason.MACHINE_DOWN);
        };
    }

    /** It came back to the end of its drain, which declared it gone, or it was removed before its welcome. */
    private List<Effect> admittedForNothing(LinkId link, AgentId id) {
        boolean gone = present.registry().goneAgent(id) != null;
        var why = gone
                ? "agent " + id + " was marked gone; its id can never come back, start it with an empty work directory"
                : "agent " + id + " was removed while it joined; join again";
        return refuse(link, why, gone);
    }

    /** Nobody knows whether the agent was admitted: it asks again on another link. */
    List<Effect> undecided(LinkId link) {
        joining.remove(link);
        return List.of(new CloseLink(link, "the admission was not decided; join again"));
    }

    private List<Effect> join(LinkId link, String peer, LinkMessage.Join join) {
        var newest = join.newest();
        var verdict = newest == null ? Fence.Verdict.CURRENT : newest.judge(present.fence());
        if (verdict != Fence.Verdict.CURRENT) {
            var why = "agent at " + peer + " has obeyed " + newest + ", this leader is " + present.fence() + ": "
                    + verdict;
            var effects = new ArrayList<Effect>(refuse(link, why, false));
            effects.add(new Report(why));
            return effects;
        }
        var lent = Lent.problems(join.info().resources().revocable());
        if (!lent.isEmpty()) {
            var why = "the agent at " + peer + " lends what cannot be lent: " + lent.getFirst();
            var effects = new ArrayList<Effect>(refuse(link, why, false));
            effects.add(new Report(why));
            return effects;
        }
        var known = join.known();
        var row = known == null ? null : present.registry().agent(known);
        tally.count(known == null ? "master/messages_register_slave" : "master/messages_reregister_slave");
        var twin = row == null ? null : twin(row, join, peer);
        if (twin != null) {
            var effects = new ArrayList<Effect>(refuse(link, twin, false));
            effects.add(new Report(twin));
            return effects;
        }
        var waiting = new Joining(join, peer, row != null && !row.isRegistered());
        if (row != null
                && row.isRegistered()
                && row.info().equals(join.info())
                && row.address().equals(peer)) {
            tally.count("master/slave_reregistrations");
            return welcome(link, row.id(), waiting);
        }
        joining.put(link, waiting);
        return List.of(new Propose(
                new Propose.ForLink(link),
                Actor.agent(known, null),
                Origin.LINK,
                null,
                new AdmitAgent(known, join.info(), join.reserved(), peer)));
    }

    /** Two processes that claim one id would take the link from each other for ever; null when there is no other. */
    private @Nullable String twin(AgentRow row, LinkMessage.Join join, String peer) {
        var session = sessions.of(row.id());
        boolean lives = session != null
                && session.link != null
                && session.heard != null
                && Duration.between(session.heard, present.now()).compareTo(Limits.LINK_SILENCE_MAX) < 0;
        if (!lives || row.info().port() == join.info().port()) {
            return null;
        }
        return "the agent at " + peer + ", port " + join.info().port() + ", says that it is " + row.id()
                + ", but that one is on port " + row.info().port()
                + " and was heard a moment ago; was its work directory copied? Give each agent one of its own";
    }

    private List<Effect> welcome(LinkId link, AgentId id, Joining waiting) {
        var effects = new ArrayList<Effect>();
        var session = sessions.attach(id, link, effects);
        session.peer = waiting.peer();
        session.software = waiting.join().software();
        session.beat = beat();
        session.beatDue = present.now().plus(session.beat);
        session.wasUnreachable |= waiting.wasUnreachable();
        effects.add(new ToAgent(
                link,
                new LinkMessage.Welcome(
                        present.fence(),
                        id,
                        session.beat,
                        present.registry().membership().masters(),
                        LinkMessage.Software.OURS.level())));
        var row = present.registry().agent(id);
        if (row != null && !row.reserved().equals(waiting.join().reserved())) {
            effects.add(new ToAgent(link, new LinkMessage.SetReserved(present.fence(), row.reserved())));
        }
        effects.add(new Raise(new AgentUp(id)));
        var promised = promised(id);
        session.listAwaited = promised.size() != waiting.join().tasks()
                || TaskDigest.of(promised) != waiting.join().digest();
        effects.add(
                session.listAwaited
                        ? new ToAgent(link, new LinkMessage.SendTasks(present.fence()))
                        : matched(session, null));
        return effects;
    }

    private List<AgentTask> promised(AgentId id) {
        var promised = new ArrayList<AgentTask>();
        for (var row : present.registry().tasksOfAgent(id)) {
            promised.add(new AgentTask(row.key(), row.launchedAt(), row.stateAtAgent(), null));
        }
        return promised;
    }

    private List<Effect> listed(AgentSession session, List<AgentTask> tasks) {
        if (!session.listAwaited) {
            return List.of();
        }
        session.listAwaited = false;
        return List.of(matched(session, tasks));
    }

    private static Effect matched(AgentSession session, @Nullable List<AgentTask> tasks) {
        boolean wasUnreachable = session.wasUnreachable;
        session.wasUnreachable = false;
        return new Raise(new AgentMatched(session.id, tasks, wasUnreachable));
    }

    /**
     * What an agent lends is a part of its description, and replaces what it told before. What it says on a link while
     * it joins on another one is old: the join says it, too.
     */
    private List<Effect> lends(AgentSession session, Resources total) {
        tally.count("master/messages_update_slave");
        var row = present.registry().agent(session.id);
        boolean joinsAnew = joining.values().stream()
                .anyMatch(waiting -> session.id.equals(waiting.join().known()));
        if (row == null || !row.isRegistered() || joinsAnew) {
            return List.of();
        }
        var info =
                row.info().withResources(row.info().resources().nonRevocable().plus(total));
        return List.of(new Propose(
                new Propose.ForAgent(row.id()),
                Actor.agent(row.id(), null),
                Origin.LINK,
                null,
                new UpdateAgent(row.id(), info)));
    }

    private List<Effect> leave(AgentId id) {
        tally.count("master/messages_unregister_slave");
        return List.of(
                new Propose(new Propose.ForAgent(id), Actor.agent(id, null), Origin.LINK, null, new RemoveAgent(id)));
    }

    private List<Effect> refuse(LinkId link, String why, boolean forGood) {
        return List.of(
                new ToAgent(link, new LinkMessage.Refuse(present.fence(), why, forGood)), new CloseLink(link, why));
    }

    private Duration beat() {
        var spread = Duration.ofSeconds(present.registry().agentCount()).dividedBy(BEATS_PER_SECOND_MAX);
        return spread.compareTo(linkHeartbeat) > 0 ? spread : linkHeartbeat;
    }
}
