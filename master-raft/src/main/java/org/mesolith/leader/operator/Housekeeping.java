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
    /**
     * When agents are forgotten.
     *
     * @param interval how often is looked (registry_gc_interval)
     * @param ageMax unreachable or gone for longer than this (registry_max_agent_age)
     * @param keptMax of each kind; the oldest go first (registry_max_agent_count)
     */
    public record Pruning(Duration interval, Duration ageMax, int keptMax) {
        /** Mesos' defaults. */
        public static final Pruning DEFAULT = new Pruning(Duration.ofMinutes(15), Duration.ofDays(14), 102_400);

        /**
         * @throws IllegalArgumentException when one of them is not above zero
         */
        public Pruning {
            if (!interval.isPositive() || !ageMax.isPositive() || keptMax < 1) {
                throw new IllegalArgumentException("registry_gc_interval " + interval + ", registry_max_agent_age "
                        + ageMax + " and registry_max_agent_count " + keptMax + " must be above zero");
            }
        }
    }

    private final Present present;
    private final Pruning pruning;
    private Instant nextPrune;

    /** The first time is one interval away. */
    public Housekeeping(Present present, Pruning pruning) {
        this.present = present;
        this.pruning = pruning;
        this.nextPrune = present.began().plus(pruning.interval());
    }

    /** Looks whether something is due. */
    public List<Effect> upkeep() {
        if (present.now().isBefore(nextPrune)) {
            return List.of();
        }
        nextPrune = present.now().plus(pruning.interval());
        return List.of(Propose.upkeep(
                "agents long gone", new PruneAgents(present.now().minus(pruning.ageMax()), pruning.keptMax())));
    }
}
