package org.mesolith.state.row;

import java.time.Instant;
import org.mesolith.model.AgentId;

/** An agent that an operator declared gone: its id is refused. */
public record GoneAgent(AgentId id, Instant since) {}
