package org.mesolith.cli.chaos.fault.agent;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/**
 * SIGSTOP of an agent until the masters call it unreachable, then SIGCONT: it comes back with tasks that were given up,
 * or rather were not.
 */
final class SilentAgent implements Fault {
    private static final Duration UNREACHABLE_MAX = Duration.ofSeconds(60);

    @Override
    public String word() {
        return "agent-silence";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.AGENT, Aim.BUSIEST_AGENT);
    }

    @Override
    public Set<Ground.Need> needs() {
        return Set.of(Ground.Need.SHORT_AGENT_TIMEOUT);
    }

    @Override
    public String unmet(Site site) {
        return site.ground().unmet(Ground.Need.SHORT_AGENT_TIMEOUT);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(dice.nextInt(2_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Member agent = victims.first();
        String id = AgentId.of(agent);
        OsProcess paused = agent.process();
        paused.pause();
        try {
            Waiting.until(agent.name() + " to be unreachable", UNREACHABLE_MAX, () -> {
                String agents = site.cluster()
                        .awaitLeader(UNREACHABLE_MAX)
                        .get("/slaves?slave_id=" + id)
                        .body();
                return agents.contains("\"active\":true") ? "it is active" : "";
            });
        } catch (IllegalStateException late) {
            paused.resume();
            throw late;
        }
        site.history().seen("controller", "unreachable", Map.of("agent", id, "on", agent.name()));
        return () -> {
            if (paused.isAlive()) {
                paused.resume();
            }
        };
    }
}
