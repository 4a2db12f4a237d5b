package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.process.Member;

/** SIGTERM of a master, as an operator stops it; it is started again. */
final class Stop implements Fault {

    @Override
    public String word() {
        return "master-stop";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.FOLLOWER);
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
        victims.members().stream()
                .filter(Member::isAlive)
                .forEach(victim -> victim.process().stop(Processes.GRACE));
        return () -> Processes.startAgain(victims.members());
    }
}
