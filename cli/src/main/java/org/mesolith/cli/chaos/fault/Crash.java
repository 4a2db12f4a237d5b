package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.process.Member;

/** SIGKILL; what was killed is started again. */
final class Crash implements Fault {
    private final String word;
    private final List<Aim> aims;

    Crash(String word, Aim... aims) {
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
    public String unmet(Site site) {
        return "";
    }

    @Override
    public Duration hold(Random dice, Aim aim) {
        return Duration.ofMillis(dice.nextInt(2_000));
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        var living = victims.members().stream().filter(Member::isAlive).toList();
        living.forEach(victim -> victim.process().killNow());
        living.forEach(victim -> victim.process().awaitEnd(Processes.GRACE));
        return () -> Processes.startAgain(victims.members());
    }
}
