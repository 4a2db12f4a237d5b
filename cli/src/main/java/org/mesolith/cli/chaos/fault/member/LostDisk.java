package org.mesolith.cli.chaos.fault.member;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;

/** A master dies with its disk; later an empty one takes its place, in one change. */
final class LostDisk implements Fault {

    @Override
    public String word() {
        return "lost-disk";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.FOLLOWER);
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
        var operator = new Operator(site);
        Member victim = victims.first();
        String id = operator.id(victim);
        victim.process().killNow();
        victim.process().awaitEnd(Processes.GRACE);
        return () -> operator.replaceByEmpty(victim, id);
    }
}
