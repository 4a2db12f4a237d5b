package org.mesolith.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;

/** What happens to agents. */
public sealed interface AgentCommand extends Command {
    /**
     * An agent joins or comes back: registered under its id, or under a new one when it has none. One that is
     * unreachable becomes reachable. Accepted with {@link Result.AgentAdmitted}.
     *
     * @param known the id from its checkpoint, null on its first start
     * @param reserved dynamic reservations and volumes in its checkpoint: they count when the cluster has forgotten it
     * @param address of its connection, empty when nobody knows
     */
    record AdmitAgent(@Nullable AgentId known, AgentInfo info, Resources reserved, String address)
            implements AgentCommand {
        /** One without reservations, from wherever. */
        public AdmitAgent(@Nullable AgentId known, AgentInfo info) {
            this(known, info, Resources.EMPTY, "");
        }
    }

    /** A registered agent says something new of itself. */
    record UpdateAgent(AgentId agent, AgentInfo info) implements AgentCommand {}

    /** These agents were silent for too long: their tasks are unreachable and free no resources until they return. */
    record MarkAgentsUnreachable(List<Silent> agents) implements AgentCommand {
        public MarkAgentsUnreachable {
            agents = List.copyOf(agents);
        }

        /**
         * One silent agent; ignored when it was admitted after {@code lastSeen} or is no longer registered.
         *
         * @param lastSeen when the leader heard it last
         */
        public record Silent(AgentId agent, Instant lastSeen) {}
    }

    /** An unreachable agent's link is back; its tasks take up the states they had. */
    record MarkAgentReachable(AgentId agent) implements AgentCommand {}

    /** The agent never comes back (an operator's word): its tasks end as gone, its id is refused for ever. */
    record MarkAgentGone(AgentId agent) implements AgentCommand {}

    /** No new offers of this agent. */
    record DeactivateAgent(AgentId agent) implements AgentCommand {}

    /** The agent may be offered again. */
    record ReactivateAgent(AgentId agent) implements AgentCommand {}

    /** The agent leaves in order: its tasks are lost, its id may come back. */
    record RemoveAgent(AgentId agent) implements AgentCommand {}

    /**
     * Forgets agents that are unreachable or gone for too long, the oldest first (registry garbage collection).
     *
     * @param before those marked earlier than this are forgotten
     * @param keepMax of each sort at most so many stay
     */
    record PruneAgents(Instant before, int keepMax) implements AgentCommand {}
}
