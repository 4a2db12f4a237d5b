package org.mesolith.cli.chaos.fault.agent;

import java.util.List;
import org.mesolith.cli.chaos.fault.Fault;

/** Every harm to agents that other processes do not meet. */
public final class AgentFaults {

    /** All of them. */
    public static final List<Fault> AGENTS = List.of(new StoppedAgent(), new SilentAgent(), new LostAgent());

    private AgentFaults() {}
}
