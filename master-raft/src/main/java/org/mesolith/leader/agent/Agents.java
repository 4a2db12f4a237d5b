package org.mesolith.leader.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.LinkSaid;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.LeaderEvent.Undecided;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;
import org.mesolith.state.AgentCommand.RemoveAgent;
import org.mesolith.state.AgentCommand.UpdateAgent;
import org.mesolith.state.Outcome;

/** All about agents: routes to the handlers of this package. */
public final class Agents {
    private final AgentSessions sessions;
    private final AgentJoins joins;
    private final AgentSilence silence;
    private final Tally tally;

    public Agents(Present present, AgentSilence.Patience patience, Tally tally) {
        this.tally = tally;
        this.sessions = new AgentSessions(present, tally);
        this.joins = new AgentJoins(present, sessions, patience.heartbeat(), tally);
        this.silence = new AgentSilence(present, sessions, patience, tally);
    }

    public List<Effect> said(LinkSaid said) {
        return joins.said(said);
    }

    public List<Effect> lost(LinkId link) {
        joins.lost(link);
        return sessions.lost(link);
    }

    public List<Effect> order(Order order) {
        return sessions.order(order);
    }

    public List<Effect> applied(Applied applied) {
        return sessions.applied(applied);
    }

    public List<Effect> upkeep() {
        return silence.upkeep();
    }

    public List<Effect> decided(Decided decided) {
        if (decided.proposal().command() instanceof MarkAgentsUnreachable mark) {
            silence.settled(mark, decided.outcome());
        }
        if (decided.proposal().command() instanceof RemoveAgent && decided.outcome() instanceof Outcome.Accepted) {
            tally.count("master/slave_removals");
            tally.count("master/slave_removals/reason_unregistered");
        }
        return decided.proposal().purpose() instanceof Propose.ForLink(var link)
                ? joins.decided(decided, link)
                : List.of();
    }

    public List<Effect> undecided(Undecided undecided) {
        if (undecided.proposal().command() instanceof MarkAgentsUnreachable mark) {
            silence.settled(mark, null);
        }
        if (undecided.proposal().command() instanceof UpdateAgent update) {
            return sessions.giveUp(update.agent(), "what the agent lends was not decided; join again");
        }
        return undecided.proposal().purpose() instanceof Propose.ForLink(var link) ? joins.undecided(link) : List.of();
    }

    /** Every link, also of agents that wait for their welcome. */
    public List<LinkId> links() {
        var links = new ArrayList<>(sessions.links());
        links.addAll(joins.links());
        return links;
    }

    /** Agents that have a link. */
    public SortedSet<AgentId> connected() {
        return sessions.connected();
    }

    /** Registered agents that were not heard in this term. */
    public SortedSet<AgentId> recovered() {
        return sessions.recovered();
    }

    /** Addresses of agents that were heard in this term. */
    public SortedMap<AgentId, String> peers() {
        return sessions.peers();
    }

    /** When agents that are emptied, or were, and were heard in this term had begun with that. */
    public SortedMap<AgentId, Instant> drainsBegun() {
        return sessions.drainsBegun();
    }

    /** How many agents have a link, by the version of their software. */
    public SortedMap<String, Integer> versions() {
        return sessions.versions();
    }

    /** How many agents with a link have a clock that is further than this from the leader's. */
    public long clocksOff(Duration max) {
        return sessions.clocksOff(max);
    }

    /** Changes whenever who is connected, recovered or where does. */
    public long version() {
        return sessions.version();
    }
}
