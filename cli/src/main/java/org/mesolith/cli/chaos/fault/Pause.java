package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.mesolith.process.Member;
import org.mesolith.process.OsProcess;

/** SIGSTOP, then SIGCONT: the process knows nothing of it, and goes on believing what it believed. */
final class Pause implements Fault {

    /** How long it lasts, out of the dice. */
    interface Length {
        /** For one blow. */
        Duration of(Random dice, Aim aim);
    }

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMillis(4_500);

    private final String word;
    private final Length length;
    private final List<Aim> aims;

    Pause(String word, Length length, Aim... aims) {
        this.word = word;
        this.length = length;
        this.aims = List.of(aims);
    }

    /** Shorter than the election timeout, or longer; always longer for the leader. */
    static Duration aroundTheElectionTimeout(Random dice, Aim aim) {
        return aim == Aim.LEADER || dice.nextBoolean()
                ? LONG.plusMillis(dice.nextInt(1_500))
                : SHORT.plusMillis(dice.nextInt(300));
    }

    /** Of an agent. */
    static Duration upToSomeSeconds(Random dice, Aim aim) {
        return Duration.ofMillis(500L + dice.nextInt(3_000));
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
        return length.of(dice, aim);
    }

    @Override
    public Wound begin(Site site, Victims victims) {
        List<OsProcess> paused = victims.members().stream()
                .filter(Member::isAlive)
                .map(Member::process)
                .toList();
        paused.forEach(OsProcess::pause);
        return () -> paused.stream().filter(OsProcess::isAlive).forEach(OsProcess::resume);
    }
}
