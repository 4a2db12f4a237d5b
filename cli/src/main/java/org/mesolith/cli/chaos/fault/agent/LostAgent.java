package org.mesolith.cli.chaos.fault.agent;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Leftovers;
import org.mesolith.process.Member;

/**
 * The machine of an agent is lost with its tasks and its disk: the operator says that it is gone, and a new agent is
 * started at its place.
 */
final class LostAgent implements Fault {

    @Override
    public String word() {
        return "lost-agent";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.AGENT, Aim.BUSIEST_AGENT);
    }

    @Override
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(dice.nextInt(2_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Member agent = victims.first();
        String id = AgentId.of(agent);
        agent.process().killNow();
        agent.process().awaitEnd(Processes.GRACE);
        Leftovers.killBelow(agent.directory());
        return () -> {
            Leftovers.delete(Ground.data(agent));
            Processes.startAgain(victims.members());
            new Operator(site).must("agent", "gone", id, "--yes");
        };
    }
}
