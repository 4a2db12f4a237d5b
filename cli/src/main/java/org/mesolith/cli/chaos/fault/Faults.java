package org.mesolith.cli.chaos.fault;

import java.util.List;

/** Harm to processes; other packages have other harm. */
public final class Faults {

    /** Harm to processes. */
    public static final List<Fault> PROCESSES = List.of(
            new Crash("master-crash", Aim.LEADER, Aim.FOLLOWER),
            new Crash("power-loss", Aim.MASTERS),
            new Stop(),
            new Pause("master-pause", Pause::aroundTheElectionTimeout, Aim.LEADER, Aim.FOLLOWER),
            new Handover(),
            new Crash("agent-crash", Aim.AGENT, Aim.BUSIEST_AGENT),
            new Pause("agent-pause", Pause::upToSomeSeconds, Aim.AGENT, Aim.BUSIEST_AGENT));

    /** That a framework is killed is met by every run. */
    public static final List<Fault> FRAMEWORK_CRASHES = List.of(FrameworkFault.CRASH);

    /** Harm to frameworks. */
    public static final List<Fault> FRAMEWORKS = List.of(FrameworkFault.values());

    private Faults() {}
}
