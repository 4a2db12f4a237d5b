package org.mesolith.allocator;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * Why a framework was or was not given an agent for a role in a round.
 *
 * @param resources what was offered, or what the answer is about; may be empty
 * @param rival who was served before; null unless outranked
 */
public record Verdict(
        FrameworkId framework,
        String role,
        AgentId agent,
        Answer answer,
        Resources resources,
        @Nullable Rival rival) {
    /** In the order in which they are looked at. */
    public enum Answer {
        FRAMEWORK_NOT_CONNECTED,
        /** The framework does not have the role, or left it. */
        ROLE_NOT_SUBSCRIBED,
        ROLE_SUPPRESSED,
        AGENT_WITHOUT_MULTI_ROLE,
        AGENT_WITHOUT_HIERARCHICAL_ROLE,
        GPUS_NOT_WANTED,
        OTHER_REGION,
        /** The framework's own offer constraints. */
        CONSTRAINTS,
        /** Everything of the agent is in use or offered. */
        NOTHING_FREE,
        /** What is free is reserved for others, or of a kind that the framework cannot use. */
        NOTHING_USABLE,
        /** The limit of the role leaves nothing. */
        QUOTA_LIMIT,
        /** What is left must stay free for guarantees of others. */
        QUOTA_HEADROOM,
        BELOW_MINIMUM,
        REFUSED_BEFORE,
        /** Nothing but others that came first in this round and left nothing, or too little. */
        OUTRANKED,
        OFFERED
    }

    /**
     * Who was served before: the first of them.
     *
     * @param resources what it got of the agent
     * @param standing how both stood when the turn began
     */
    public record Rival(FrameworkId framework, String role, Resources resources, Standing standing) {}

    /**
     * Two that compete, where their paths part: roles, or two frameworks of one role.
     *
     * @param own path of the one asked about
     * @param ownShare its dominant share with everything below it, from 0 to 1, not divided by its weight
     * @param other path of the one that came first
     */
    public record Standing(
            String own, double ownShare, double ownWeight, String other, double otherShare, double otherWeight) {}
}
