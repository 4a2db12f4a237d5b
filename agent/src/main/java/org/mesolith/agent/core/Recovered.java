package org.mesolith.agent.core;

import java.util.List;
import org.mesolith.model.Resources;

/**
 * What an earlier process of this agent left behind.
 *
 * @param reserved dynamic reservations and volumes
 */
public record Recovered(AgentRecord identity, List<RunRecord> runs, Resources reserved) {
    /** A first start. */
    public static final Recovered NOTHING = new Recovered(AgentRecord.NEW, List.of(), Resources.EMPTY);

    /** Of an agent without reservations. */
    public Recovered(AgentRecord identity, List<RunRecord> runs) {
        this(identity, runs, Resources.EMPTY);
    }

    public Recovered {
        runs = List.copyOf(runs);
    }
}
