package org.mesolith.allocator;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/** What a round gives: resources of one agent to one framework for one role; they name no role themselves. */
public record Allocation(FrameworkId framework, String role, AgentId agent, Resources resources) {}
