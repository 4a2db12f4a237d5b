package org.mesolith.allocator;

import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;

/**
 * What one agent could give in this round.
 *
 * @param total everything it has
 * @param free total without what is offered or allocated; names no role
 */
public record AgentSupply(AgentId id, AgentInfo info, Resources total, Resources free) {}
