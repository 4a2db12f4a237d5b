package org.mesolith.cli.chaos.fault.agent;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;

/** SIGTERM of an agent, as an operator stops it; its tasks go on, and it is started again. */
final class StoppedAgent implements Fault {

    @Override
    public String word() {
        return "agent-stop";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.AGENT, Aim.BUSIEST_AGENT);
    }

    @Override
    public boolean overlaps() {
        return true;
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
        if (victims.first().isAlive()) {
            victims.first().process().stop(Processes.GRACE);
        }
        return () -> Processes.startAgain(victims.members());
    }
}
