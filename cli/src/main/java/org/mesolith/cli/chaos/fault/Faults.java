package org.mesolith.cli.chaos.fault;

import java.util.List;
import java.util.stream.Stream;

/** Every fault there is, in the groups from which profiles are made. */
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

    /** Harm to disks. */
    public static final List<Fault> DISKS = List.of();

    /** New versions while the cluster works. */
    public static final List<Fault> UPGRADES = List.of();

    /** Other members, backups and restores while the cluster works. */
    public static final List<Fault> MEMBERSHIP = List.of();

    /** All of them. */
    public static final List<Fault> ALL = Stream.of(PROCESSES, DISKS, UPGRADES, MEMBERSHIP)
            .flatMap(List::stream)
            .toList();

    private Faults() {}
}
