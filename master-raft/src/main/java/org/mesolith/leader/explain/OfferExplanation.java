package org.mesolith.leader.explain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;

/**
 * Why a framework is or is not offered agents.
 *
 * @param at the moment that is explained
 * @param agents how many were looked at
 * @param roles of the framework, or the one asked about
 * @param groups agents with the same verdict for the same role, the largest first
 */
public record OfferExplanation(
        FrameworkId framework, Instant at, int agents, List<RoleStanding> roles, List<Group> groups) {
    /** Verdict of agents that the framework has an open offer of. */
    public static final String HOLDS_OFFER = "HOLDS_OFFER";

    /** Verdict while rounds wait for agents to come back to a new leader: what else would be in the way comes after. */
    public static final String ROUNDS_HELD = "ROUNDS_HELD";

    public OfferExplanation {
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
    }

    /**
     * How a role stands.
     *
     * @param share dominant share with everything below it, from 0 to 1, not divided by the weight
     * @param guarantee of the top-level role that it belongs to; empty without
     * @param limit of the top-level role that it belongs to
     * @param consumed of its quota by the top-level role that it belongs to
     */
    public record RoleStanding(
            String role,
            double share,
            double weight,
            Quantities guarantee,
            QuantityLimits limit,
            Quantities consumed) {}

    /**
     * Agents with one verdict.
     *
     * @param verdict its name, in capitals
     * @param text in words; amounts are those of the first agent
     * @param agents all of them, in order
     * @param example what keeps the first one from being offered, and what would change it; null if there was no time
     */
    public record Group(
            String role,
            String verdict,
            String text,
            List<AgentId> agents,
            @Nullable Chain example) {
        public Group {
            agents = List.copyOf(agents);
        }
    }
}
