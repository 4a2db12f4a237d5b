package org.mesolith.cli.chaos.fault.disk;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.mesolith.process.fault.LoopDisk;

/**
 * Somebody fills the disk of a master to the last byte: it hands the lead over and ends with status 74. Then there is
 * room again, and it is started.
 */
final class FullDisk implements Fault {
    private static final Duration END_MAX = Duration.ofSeconds(60);

    @Override
    public String word() {
        return "full-disk";
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.LEADER, Aim.FOLLOWER);
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
        Member victim = victims.first();
        LoopDisk disk = site.ground().disk(victim);
        try {
            disk.fill(0);
        } catch (IOException refused) {
            throw new IllegalStateException("the disk of " + victim.name() + " cannot be filled", refused);
        }
        int status = Promise.end(victim, END_MAX);
        Promise.of(site, word(), victim, "ends with status 74 and says that there is no room")
                .with("status", Integer.toString(status))
                .kept(status == 74 && victim.process().tail().contains("STORAGE"), victim.process());
        site.history().seen("controller", "ended", Map.of("on", victim.name(), "status", Integer.toString(status)));
        return () -> {
            try {
                disk.free();
            } catch (IOException refused) {
                throw new IllegalStateException("the disk of " + victim.name() + " cannot be freed", refused);
            }
            Processes.startAgain(victims.members());
        };
    }
}
