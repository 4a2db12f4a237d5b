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
import org.mesolith.process.Member;
import org.mesolith.process.fault.Preload;

/**
 * The wall clock of a process jumps, forward or back, by up to an hour, or drifts by a fifth. A process that is started
 * again meanwhile begins with the wrong time.
 */
final class WrongClock implements Fault {
    private static final long JUMP_MILLIS_MAX = Duration.ofHours(1).toMillis();
    private static final long DRIFT_PER_MILLION = 200_000;

    private final String word;
    private final List<Aim> aims;

    WrongClock(String word, Aim... aims) {
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
        return Set.of(Ground.Need.PRELOAD);
    }

    @Override
    public String unmet(Site site) {
        return site.ground().unmet(Ground.Need.PRELOAD);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(2_000 + dice.nextInt(6_000));
    }

    @Override
    public Hurt hurt(Site site, Victims victims) {
        return Hurt.NONE;
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Member victim = victims.first();
        var dice = new Random(victims.die());
        Preload.set(
                victim,
                dice.nextInt(3) == 0
                        ? Preload.Trouble.clock(
                                Duration.ZERO, dice.nextBoolean() ? DRIFT_PER_MILLION : -DRIFT_PER_MILLION)
                        : Preload.Trouble.clock(
                                Duration.ofMillis(dice.nextLong(-JUMP_MILLIS_MAX, JUMP_MILLIS_MAX)), 0));
        return () -> Preload.set(victim, Preload.Trouble.NONE);
    }
}
