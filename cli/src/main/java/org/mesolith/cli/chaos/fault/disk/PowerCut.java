package org.mesolith.cli.chaos.fault.disk;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;

/**
 * The power of a machine fails: its master dies, and what was not synced to its disk is gone. The power comes back, the
 * file system repairs itself, the master is started.
 */
final class PowerCut implements Fault {
    private final String word;
    private final List<Aim> aims;

    PowerCut(String word, Aim... aims) {
        this.word = word;
        this.aims = List.of(aims);
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<Aim> aims() {
        return aims;
    }

    @Override
    public boolean overlaps() {
        return true;
    }

    @Override
    public Set<Ground.Need> needs() {
        return Set.of(Ground.Need.DISKS);
    }

    @Override
    public String unmet(Site site) {
        return site.ground().unmet(Ground.Need.DISKS);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(dice.nextInt(2_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        List<Member> members = victims.members();
        List<Member> living = members.stream().filter(Member::isAlive).toList();
        living.forEach(victim -> victim.process().killNow());
        members.forEach(victim -> site.ground().disk(victim).cutPower());
        living.forEach(victim -> victim.process().awaitEnd(Processes.GRACE));
        return () -> {
            try {
                for (Member victim : members) {
                    site.ground().disk(victim).restorePower();
                }
            } catch (IOException refused) {
                throw new IllegalStateException("a disk does not come back after a power cut", refused);
            }
            Processes.startAgain(members);
        };
    }
}
