package org.mesolith.cli.chaos.fault.member;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;

/** A further master becomes a member, and is removed again later. */
final class AddedMember implements Fault {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public String word() {
        return "add-member";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER);
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
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        Member added = site.cluster().startNewMaster();
        operator.must("cluster", "add", added.address(), "--accept-even");
        operator.awaitMember(added);
        String id = operator.id(added);
        return () -> {
            operator.must("cluster", "remove", id, "--accept-even");
            added.process().awaitEnd(LONG);
            site.cluster().forget(added);
        };
    }
}
