package org.mesolith.cli.chaos.fault.disk;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.cli.chaos.fault.Processes;
import org.mesolith.cli.chaos.fault.Site;
import org.mesolith.cli.chaos.fault.Victims;
import org.mesolith.cli.chaos.fault.Wound;
import org.mesolith.process.Member;
import org.mesolith.process.fault.Cgroup;

/**
 * A process gets little of a processor, or hardly any further memory: then it is slow, or the kernel ends it. One that
 * has ended is started again.
 */
final class Starved implements Fault {
    private static final long MEGABYTE = 1L << 20;

    private final String word;
    private final Cgroup.Limit limit;
    private final List<Aim> aims;

    Starved(String word, Cgroup.Limit limit, Aim... aims) {
        this.word = word;
        this.limit = limit;
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
    public String unmet(Site site) {
        return Cgroup.unmet(limit);
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(3_000 + dice.nextInt(5_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        Member victim = victims.first();
        long pid = victim.process().pid();
        long amount = switch (limit) {
            case CPU -> 3 + victims.die() % 20; // Percent of one.
            case MEMORY -> (4 + victims.die() % 28) * MEGABYTE; // Beyond what it has.
        };
        Cgroup group = Cgroup.limit(
                limit,
                amount,
                pid + "-" + limit.name().toLowerCase(java.util.Locale.ROOT),
                pid,
                site.ground().undo());
        return () -> {
            group.release();
            Processes.startAgain(victims.members());
        };
    }
}
