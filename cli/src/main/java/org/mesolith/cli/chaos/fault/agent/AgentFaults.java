package org.mesolith.cli.chaos.fault.agent;

import java.util.List;
import org.mesolith.cli.chaos.fault.Fault;

/**
 * Every harm to agents that other processes do not meet. The loss of an agent with its disk is none of them: what the
 * load keeps there would be gone with it, as it must be.
 */
public final class AgentFaults {

    /** All of them. */
    public static final List<Fault> AGENTS = List.of(new StoppedAgent(), new SilentAgent());

    private AgentFaults() {}
}
