package org.mesolith.leader.explain;

import java.util.List;
import org.mesolith.model.AgentId;

/** What tasks and offers hold of agents, at one moment. */
@FunctionalInterface
public interface Holdings {
    /** Nobody holds anything. */
    Holdings NONE = agent -> List.of();

    /** Tasks and offers of this agent, offers first. */
    List<Holding> of(AgentId agent);
}
