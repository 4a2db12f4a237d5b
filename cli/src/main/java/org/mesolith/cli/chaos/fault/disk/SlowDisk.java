package org.mesolith.cli.chaos.fault.disk;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Ground;
import org.mesolith.cli.chaos.fault.Hurt;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.fault.Preload;

/** Each sync of a master's disk takes long; the master knows no better than that its disk is slow. */
final class SlowDisk implements Fault {

    @Override
    public String word() {
        return "master-slow-disk";
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
    public Set<Ground.Need> needs() {
        return Set.of(Ground.Need.PRELOAD);
    }

    @Override
    public String unmet(Site site) {
        return site.ground().unmet(Ground.Need.PRELOAD);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(2_000 + dice.nextInt(8_000));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        // Told by the doctor from 50 ms on; a leader above 200 ms hands the lead over.
        Duration delay = Duration.ofMillis(50 + victims.die() * 350L / 1_000);
        Preload.set(victims.first(), Preload.Trouble.slowDisk(delay));
        return () -> Preload.set(victims.first(), Preload.Trouble.NONE);
    }
}
