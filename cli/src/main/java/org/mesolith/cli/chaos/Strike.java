package org.mesolith.cli.chaos;

import java.util.Locale;

/**
 * What is done to a real cluster. Where the simulated clusters know the same fault it has the same name there
 * ({@code FaultKind}).
 */
public enum Strike {
    /** SIGKILL of a master; it is started again. */
    MASTER_CRASH(Victim.MASTER, true),
    /** SIGKILL of all masters at once; they are started again. What the kernel was given is not lost. */
    POWER_LOSS(Victim.MASTER, false),
    /** SIGTERM of a master; it is started again. */
    MASTER_STOP(Victim.MASTER, true),
    /** SIGSTOP of a master, shorter or longer than the election timeout; then SIGCONT. */
    MASTER_PAUSE(Victim.MASTER, true),
    /** The leader is told to give the lead away. */
    HANDOVER(Victim.MASTER, true),
    /** SIGKILL of an agent; its tasks go on; it is started again. */
    AGENT_CRASH(Victim.AGENT, true),
    /** SIGSTOP of an agent, then SIGCONT. */
    AGENT_PAUSE(Victim.AGENT, true);

    /** Whom a strike hits. */
    public enum Victim {
        MASTER,
        AGENT
    }

    private final Victim victim;
    private final boolean majorityStays;

    Strike(Victim victim, boolean majorityStays) {
        this.victim = victim;
        this.majorityStays = majorityStays;
    }

    /** Whom it hits. */
    public Victim victim() {
        return victim;
    }

    /** True if a majority of the masters is up and connected all the time: then the cluster has to serve. */
    public boolean majorityStays() {
        return majorityStays;
    }

    /** As people and histories write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
