package org.mesolith.leader.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.state.AgentCommand.PruneAgents;

/** What the cluster needs now and then, and nobody asks for: agents long unreachable or gone are forgotten. */
public final class Housekeeping {
    /** Mesos: registry_gc_interval, registry_max_agent_age, registry_max_agent_count. */
    private static final Duration PRUNE_INTERVAL = Duration.ofMinutes(15);

    private static final Duration AGENT_AGE_MAX = Duration.ofDays(14);
    private static final int AGENTS_KEPT_MAX = 102_400;

    private final Present present;
    private Instant nextPrune;

    /** The first time is one interval away. */
    public Housekeeping(Present present) {
        this.present = present;
        this.nextPrune = present.began().plus(PRUNE_INTERVAL);
    }

    /** Looks whether something is due. */
    public List<Effect> upkeep() {
        if (present.now().isBefore(nextPrune)) {
            return List.of();
        }
        nextPrune = present.now().plus(PRUNE_INTERVAL);
        return List.of(Propose.upkeep(
                "agents long gone", new PruneAgents(present.now().minus(AGENT_AGE_MAX), AGENTS_KEPT_MAX)));
    }
}
