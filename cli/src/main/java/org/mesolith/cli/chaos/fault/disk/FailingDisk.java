package org.mesolith.cli.chaos.fault.disk;

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
import org.mesolith.process.fault.Preload;

/**
 * The disk of a master answers syncs, or writes, with an error. What it was asked to keep may be gone, so the master
 * ends with status 74; when the disk is in order again it is started.
 */
final class FailingDisk implements Fault {
    private static final Duration END_MAX = Duration.ofSeconds(60);
    private static final int STORAGE = 74;

    @Override
    public String word() {
        return "failing-disk";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.FOLLOWER);
    }

    @Override
    public Set<Ground.Need> needs() {
        return Set.of(Ground.Need.PRELOAD);
    }

    @Override
    public String unmet(Site site) {
        return site.ground().unmet(Ground.Need.PRELOAD);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(dice.nextInt(2_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Member victim = victims.first();
        boolean syncs = victims.die() % 2 == 0;
        Preload.set(victim, Preload.Trouble.failingDisk(syncs ? 100 : 0, syncs ? 0 : 100));
        int status = Promise.end(victim, END_MAX);
        Promise.of(site, word(), victim, "ends with status " + STORAGE)
                .with("how", syncs ? "syncs fail" : "writes fail")
                .with("status", Integer.toString(status))
                .kept(status == STORAGE, victim.process());
        return () -> {
            Preload.set(victim, Preload.Trouble.NONE);
            Processes.startAgain(victims.members());
        };
    }
}
