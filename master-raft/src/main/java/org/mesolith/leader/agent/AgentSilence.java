package org.mesolith.leader.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.CloseLink;
import org.mesolith.leader.event.Effect.ToAgent;
import org.mesolith.leader.event.LinkId;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Tally;
import org.mesolith.model.AgentId;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable;
import org.mesolith.state.AgentCommand.MarkAgentsUnreachable.Silent;
import org.mesolith.state.Outcome;

/**
 * What follows from silence. A link that is silent for three beats is given up; that is only the connection. An agent
 * that was not heard for the agent timeout is unreachable; one not heard in this term at all has longer, counted from
 * its start.
 */
public final class AgentSilence {
    /** Agents in one command. */
    private static final int MARKED_PER_COMMAND_MAX = 100;

    private static final int BEATS_MISSED_MAX = 3;

    /**
     * How long agents may be silent.
     *
     * @param heartbeat between heartbeats of a link while there are few agents
     * @param known for those heard in this term
     * @param recovered for those not heard in this term, from its start
     * @param interval at most one is marked in this time; zero for no limit
     */
    public record Patience(Duration heartbeat, Duration known, Duration recovered, Duration interval) {}

    private final Present present;
    private final AgentSessions sessions;
    private final Patience patience;
    private final Tally tally;

    /** Those to be marked that were not heard in this term. */
    private final SortedSet<AgentId> neverHeard = new TreeSet<>();

    private @Nullable Instant nextMark;

    AgentSilence(Present present, AgentSessions sessions, Patience patience, Tally tally) {
        this.present = present;
        this.sessions = sessions;
        this.patience = patience;
        this.tally = tally;
    }

    /** Speaks to the agents whose turn it is, gives up silent links, proposes to mark agents silent for too long. */
    List<Effect> upkeep() {
        var effects = new ArrayList<Effect>();
        var silent = new ArrayList<Silent>();
        for (var session : List.copyOf(sessions.all())) {
            if (session.link != null) {
                beat(session, session.link, effects);
            }
            if (silent.size() < MARKED_PER_COMMAND_MAX && isDue(session) && mayMark()) {
                session.marking = true;
                if (session.heard == null) {
                    neverHeard.add(session.id);
                }
                silent.add(new Silent(session.id, lastSeen(session)));
            }
        }
        if (!silent.isEmpty()) {
            tally.count("master/slave_unreachable_scheduled", silent.size());
            effects.add(Propose.upkeep("silent agents", new MarkAgentsUnreachable(silent)));
        }
        return effects;
    }

    /** The command was decided, or was not: those that are still silent may be proposed again. */
    void settled(MarkAgentsUnreachable command, @Nullable Outcome outcome) {
        for (var silent : command.agents()) {
            var session = sessions.of(silent.agent());
            if (session != null) {
                session.marking = false;
            }
            if (outcome instanceof Outcome.Accepted) {
                boolean carriedOut = session == null;
                tally.count(carriedOut ? "master/slave_unreachable_completed" : "master/slave_unreachable_canceled");
                if (carriedOut) {
                    tally.count("master/slave_removals");
                    tally.count("master/slave_removals/reason_unhealthy");
                    tally.count("master/recovery_slave_removals", neverHeard.contains(silent.agent()) ? 1 : 0);
                }
            }
            neverHeard.remove(silent.agent());
        }
    }

    private void beat(AgentSession session, LinkId link, List<Effect> effects) {
        var heard = session.heard;
        if (heard != null
                && Duration.between(heard, present.now()).compareTo(session.beat.multipliedBy(BEATS_MISSED_MAX)) > 0) {
            effects.add(new CloseLink(link, "nothing heard for " + BEATS_MISSED_MAX + " heartbeats"));
            effects.addAll(sessions.lost(link));
            return;
        }
        if (!session.beatDue.isAfter(present.now())) {
            session.beatDue = present.now().plus(session.beat);
            effects.add(new ToAgent(link, new LinkMessage.MasterHeartbeat(present.fence())));
        }
    }

    private boolean isDue(AgentSession session) {
        if (session.link != null || session.marking) {
            return false;
        }
        var since = session.heard == null ? present.began() : session.heard;
        var allowed = session.heard == null ? patience.recovered() : patience.known();
        return Duration.between(since, present.now()).compareTo(allowed) >= 0;
    }

    /** Never before the admission: the clock of the leader that admitted it may have been ahead of ours. */
    private Instant lastSeen(AgentSession session) {
        var heard = session.heard == null ? present.began() : session.heard;
        var row = present.registry().agent(session.id);
        return row != null && row.admittedAt().isAfter(heard) ? row.admittedAt() : heard;
    }

    private boolean mayMark() {
        if (patience.interval().isZero()) {
            return true;
        }
        if (nextMark != null && present.now().isBefore(nextMark)) {
            return false;
        }
        nextMark = present.now().plus(patience.interval());
        return true;
    }
}
