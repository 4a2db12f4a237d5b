package org.mesolith.cli.chaos.fault.member;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Operator;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;
import org.mesolith.process.fault.SwitchedInstallation;

/**
 * One process after the other is stopped and started again, followers first, then the leader, which hands the lead over
 * before, then the agents: as the page of upgrades says. Each of them is a fault of its own in the history. With other
 * software, if there is an older one: forth, the next time back.
 */
final class Rolling implements Fault {
    private static final String ONE = "restart-one";

    private final String word;
    private final boolean changesSoftware;

    Rolling(String word, boolean changesSoftware) {
        this.word = word;
        this.changesSoftware = changesSoftware;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.MASTERS);
    }

    @Override
    public Set<Ground.Need> needs() {
        return changesSoftware ? Set.of(Ground.Need.OLDER) : Set.of();
    }

    @Override
    public String unmet(Site site) {
        return changesSoftware ? site.ground().unmet(Ground.Need.OLDER) : "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ZERO;
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var operator = new Operator(site);
        boolean forth = !SwitchedInstallation.isNewer(victims.first());
        Member leader = site.cluster().awaitLeader(Processes.START_MAX);
        var order = new ArrayList<>(site.mastersBut(leader));
        order.add(leader);
        for (Member master : order) {
            if (master.isServingLeader()) {
                operator.must("cluster", "transfer");
            }
            restart(site, master, forth, () -> operator.awaitMember(master));
        }
        for (Member agent : site.cluster().agents()) {
            restart(site, agent, forth, () -> {});
        }
        return Wound.NONE;
    }

    private void restart(Site site, Member member, boolean forth, Runnable wholeAgain) {
        var facts = Map.of("on", member.name(), "down", member.name(), "software", forth ? "newer" : "older");
        long number = site.history().fault(ONE, facts);
        member.process().stop(Processes.GRACE);
        if (changesSoftware) {
            SwitchedInstallation.choose(member, forth);
        }
        site.history().seen("controller", "struck", Map.of("fault", Long.toString(number), "on", member.name()));
        Processes.startAgain(List.of(member));
        wholeAgain.run();
        site.history().end(Kind.HEAL, "controller", number, ONE, Map.of("on", member.name()));
    }
}
