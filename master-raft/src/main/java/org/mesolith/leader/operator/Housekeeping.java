package org.mesolith.leader.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.model.Position;
import org.mesolith.state.AgentCommand.PruneAgents;
import org.mesolith.state.SystemCommand.DigestCheck;

/** What the cluster needs now and then, and nobody asks for: fingerprints compared, agents long gone forgotten. */
public final class Housekeeping {
    private static final Duration DIGEST_INTERVAL = Duration.ofMinutes(1);

    /** Mesos: registry_gc_interval, registry_max_agent_age, registry_max_agent_count. */
    private static final Duration PRUNE_INTERVAL = Duration.ofMinutes(15);

    private static final Duration AGENT_AGE_MAX = Duration.ofDays(14);
    private static final int AGENTS_KEPT_MAX = 102_400;

    private final Present present;
    private Position checked = Position.NONE;
    private Instant nextCheck;
    private Instant nextPrune;

    public Housekeeping(Present present) {
        this.present = present;
        this.nextCheck = present.began();
        this.nextPrune = present.began().plus(PRUNE_INTERVAL);
    }

    /** Looks whether something is due. */
    public List<Effect> upkeep() {
        var effects = new ArrayList<Effect>();
        var registry = present.registry();
        if (!present.now().isBefore(nextCheck) && registry.at().compareTo(checked) > 0) {
            nextCheck = present.now().plus(DIGEST_INTERVAL);
            // The check is an entry itself: only what comes after it is worth another one.
            checked = new Position(registry.at().index() + 1, 0);
            var note = registry.digestNote();
            effects.add(Propose.upkeep("digest check", new DigestCheck(note.at(), note.digest())));
        }
        if (!present.now().isBefore(nextPrune)) {
            nextPrune = present.now().plus(PRUNE_INTERVAL);
            effects.add(Propose.upkeep(
                    "agents long gone", new PruneAgents(present.now().minus(AGENT_AGE_MAX), AGENTS_KEPT_MAX)));
        }
        return effects;
    }
}
