package org.mesolith.allocator;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;

/**
 * Why a framework was or was not given an agent for a role in a round.
 *
 * @param detail the amounts or names behind the answer; may be empty
 */
public record Verdict(FrameworkId framework, String role, AgentId agent, Answer answer, String detail) {
    /** In the order in which they are looked at. */
    public enum Answer {
        FRAMEWORK_NOT_CONNECTED,
        ROLE_SUPPRESSED,
        /** Others that had less took everything before. */
        NOTHING_LEFT,
        /** The framework's own offer constraints. */
        CONSTRAINTS,
        AGENT_WITHOUT_MULTI_ROLE,
        AGENT_WITHOUT_HIERARCHICAL_ROLE,
        GPUS_NOT_WANTED,
        OTHER_REGION,
        /** What is left is reserved for others, or of a kind that the framework cannot use. */
        NOTHING_USABLE,
        /** The limit of the role leaves nothing. */
        QUOTA_LIMIT,
        /** What is left must stay free for guarantees of others. */
        QUOTA_HEADROOM,
        BELOW_MINIMUM,
        REFUSED_BEFORE,
        OFFERED
    }
}
