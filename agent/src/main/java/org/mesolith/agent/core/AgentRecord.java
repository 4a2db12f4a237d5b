package org.mesolith.agent.core;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.Fence;

/**
 * Who the agent is and whose orders count; survives the process.
 *
 * @param id null until the cluster gave one
 * @param newest newest fence obeyed, null before the first
 */
public record AgentRecord(@Nullable AgentId id, @Nullable Fence newest) {
    /** An agent that has never joined. */
    public static final AgentRecord NEW = new AgentRecord(null, null);
}
