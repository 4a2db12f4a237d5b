package org.mesolith.cli.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Harm to a framework in a process of its own: the cluster and the other frameworks owe as much as before. */
enum FrameworkFault implements Fault {

    /**
     * SIGKILL, in the middle of an ACCEPT if it sends one in time; started again as the same framework, which asks
     * about the tasks that it had and takes up what it has not acknowledged.
     */
    CRASH("framework-crash") {
        @Override
        public Duration hold(Random dice, Aim aim) {
            return Duration.ofMillis(dice.nextInt(2_000));
        }

        @Override
        public Wound begin(Site site, Victims victims) {
            List<Framework> living = living(victims);
            living.forEach(framework -> {
                framework.awaitLaunch(LAUNCH_MAX);
                // From before it is sent until after it was answered.
                LockSupport.parkNanos(ACCEPT_NANOS * victims.die() / DIE_MAX);
                framework.kill();
            });
            return () -> living.forEach(Framework::startAgain);
        }
    },

    /** SIGSTOP, then SIGCONT: its streams stay open, and nobody reads them. */
    PAUSE("framework-pause") {
        @Override
        public Duration hold(Random dice, Aim aim) {
            return Duration.ofMillis(1_000L + dice.nextInt(5_500));
        }

        @Override
        public Wound begin(Site site, Victims victims) {
            List<Framework> living = living(victims);
            living.forEach(framework -> framework.process().pause());
            return () -> living.stream()
                    .map(Framework::process)
                    .filter(org.mesolith.process.OsProcess::isAlive)
                    .forEach(org.mesolith.process.OsProcess::resume);
        }
    };

    private static final Duration LAUNCH_MAX = Duration.ofSeconds(3);
    private static final long ACCEPT_NANOS = 20_000_000;
    private static final int DIE_MAX = 1_000;

    private final String word;

    FrameworkFault(String word) {
        this.word = word;
    }

    private static List<Framework> living(Victims victims) {
        return victims.frameworks().stream()
                .filter(framework -> framework.process().isAlive())
                .toList();
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public List<Aim> aims() {
        return List.of(Aim.FRAMEWORK);
    }

    @Override
    public boolean overlaps() {
        return true;
    }

    @Override
    public String unmet(Site site) {
        return site.unmetFrameworks();
    }
}
