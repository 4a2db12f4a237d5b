package org.mesolith.cli.chaos.fault.wire;

import java.time.Duration;
import java.util.List;
import org.mesolith.cli.chaos.fault.Aim;
import org.mesolith.cli.chaos.fault.Fault;
import org.mesolith.process.Trick;

/** Harm to connections. */
public final class WireFaults {

    private static final Trick SLOW = Trick.slow(Duration.ofMillis(60), Duration.ofMillis(60));
    private static final Trick NARROW = Trick.narrow(64 * 1024);

    /** Nothing arrives between some: what three masters suffice for. */
    public static final List<Fault> PARTITIONS = List.of(
            new WireFault("master-partition", 3, Trick.CUT, Links::toMasters, Aim.LEADER, Aim.BEST_FOLLOWER),
            new WireFault("master-deaf", 3, Trick.CUT, Links::fromMastersOnly, Aim.LEADER, Aim.BEST_FOLLOWER),
            new WireFault("master-mute", 3, Trick.CUT, Links::toMastersOnly, Aim.LEADER, Aim.BEST_FOLLOWER),
            new WireFault("bridge", 3, Trick.CUT, Links::bridge, Aim.LEADER, Aim.FOLLOWER),
            new WireFault("leader-alone", 3, Trick.CUT, Links::toAllButOperators, Aim.LEADER),
            new WireFault("leader-with-agents", 3, Trick.CUT, Links::withAgents, Aim.LEADER),
            new WireFault("leader-without-agents", 3, Trick.CUT, Links::toAgents, Aim.LEADER),
            new WireFault("leader-without-frameworks", 3, Trick.CUT, Links::toFrameworks, Aim.LEADER),
            new WireFault("agent-partition", 3, Trick.CUT, Links::fromAgent, Aim.AGENT, Aim.BUSIEST_AGENT));

    /** A framework in a process of its own and the masters do not hear each other. */
    public static final List<Fault> FRAMEWORKS =
            List.of(new WireFault("framework-partition", 3, Trick.CUT, Links::fromFramework, Aim.FRAMEWORK));

    /** The same for five masters. */
    public static final List<Fault> PARTITIONS_OF_FIVE = List.of(
            new WireFault("halves", 5, Trick.CUT, Links::halves, Aim.LEADER, Aim.FOLLOWER),
            new WireFault("majority-ring", 5, Trick.CUT, Links::ring, Aim.MASTERS));

    /** Connections that are bad, not gone. */
    public static final List<Fault> CONNECTIONS = List.of(
            new WireFault("slow-network", 3, SLOW, Links::toEverybody, Aim.LEADER, Aim.BEST_FOLLOWER),
            new WireFault("narrow-network", 3, NARROW, Links::toEverybody, Aim.LEADER, Aim.BEST_FOLLOWER),
            new BrokenConnections(),
            new WireFault("master-half-open", 3, Trick.DEAD, Links::toMasters, Aim.LEADER, Aim.BEST_FOLLOWER),
            new WireFault("agent-half-open", 3, Trick.DEAD, Links::fromAgent, Aim.AGENT, Aim.BUSIEST_AGENT),
            new WireFault("answers-lost", 3, Trick.CUT, Links::toOperatorsOnly, Aim.LEADER));

    /** Packets that the kernel loses or holds back; needs root. */
    public static final List<Fault> PACKETS = List.of(
            new PacketFault("master-loss", PacketFault::loss, true, Aim.LEADER, Aim.FOLLOWER),
            new PacketFault("master-one-way", PacketFault::oneWay, false, Aim.LEADER, Aim.BEST_FOLLOWER),
            new PacketFault("master-rate", PacketFault::rate, true, Aim.LEADER, Aim.BEST_FOLLOWER),
            new PacketFault("agent-loss", PacketFault::loss, true, Aim.AGENT, Aim.BUSIEST_AGENT));

    private WireFaults() {}
}
