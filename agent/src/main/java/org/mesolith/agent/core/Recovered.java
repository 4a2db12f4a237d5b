package org.mesolith.agent.core;

import java.util.List;

/** What an earlier process of this agent left behind. */
public record Recovered(AgentRecord identity, List<RunRecord> runs) {
    /** A first start. */
    public static final Recovered NOTHING = new Recovered(AgentRecord.NEW, List.of());

    public Recovered {
        runs = List.copyOf(runs);
    }
}
