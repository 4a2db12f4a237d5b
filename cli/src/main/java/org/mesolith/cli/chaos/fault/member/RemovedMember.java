package org.mesolith.cli.chaos.fault.member;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;

/** A member is removed, the leader, too, which hands the lead over first; an empty one is added later in its place. */
final class RemovedMember implements Fault {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public String word() {
        return "remove-member";
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
        return Duration.ofMillis(1_000 + dice.nextInt(3_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        Member victim = victims.first();
        operator.must("cluster", "remove", operator.id(victim), "--accept-even");
        victim.process().awaitEnd(LONG);
        return () -> {
            site.ground().wipe(victim);
            victim.start();
            victim.awaitHealth(LONG);
            operator.must("cluster", "add", victim.address());
            operator.awaitMember(victim);
        };
    }
}
