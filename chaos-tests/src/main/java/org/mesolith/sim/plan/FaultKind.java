package org.mesolith.sim.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can go wrong in a simulated cluster. */
public enum FaultKind {
    /** A master's process dies and is started again. */
    MASTER_CRASH(Target.MASTER),
    /** A master ends in order, giving the lead away before, and is started again. */
    MASTER_STOP(Target.MASTER),
    /** All masters die at once. */
    POWER_LOSS(Target.MASTER),
    /** A master's process is stopped and wakes up later, believing what it believed: perhaps that it leads. */
    MASTER_PAUSE(Target.MASTER),
    /** A master does not hear the other masters any more, nor they it; its clients still reach it. */
    MASTER_PARTITION(Target.MASTER),
    /** The leader and everybody but operators: they see what it then answers. */
    LEADER_ALONE(Target.MASTER),
    /** The leader keeps all agents, the other masters hear none. */
    LEADER_WITH_AGENTS(Target.MASTER),
    /** The leader leads on and hears no agent, nor they it. */
    LEADER_WITHOUT_AGENTS(Target.MASTER),
    /** The leader leads on and hears no framework, nor they it. */
    LEADER_WITHOUT_FRAMEWORKS(Target.MASTER),
    /** Operators do not hear what the leader answers. */
    ANSWERS_LOST(Target.MASTER),
    /** A master that lost the other masters is heard by clients that it does not hear, or the other way round. */
    MASTER_ONE_WAY(Target.MASTER),
    /** The leader gives the lead away. */
    HANDOVER(Target.MASTER),
    /** A master takes long to write its log. */
    MASTER_SLOW_DISK(Target.MASTER),
    /** A master dies with all that it knew, and an empty one takes its place. */
    LOST_DISK(Target.MASTER),
    /** Every master ends in order and is started again, one after the other, the leader last; then every agent. */
    ROLLING_RESTART(Target.MASTER),
    /** A master's machine gets another time; the process learns of it when it starts again. */
    MASTER_CLOCK(Target.MASTER),
    /**
     * An agent's process dies and is started again; its tasks go on. Now and then it dies over an acknowledgement that
     * it has just been sent.
     */
    AGENT_CRASH(Target.AGENT),
    /** An agent's process is stopped until the masters call it unreachable, and goes on. */
    AGENT_SILENCE(Target.AGENT),
    /** An agent leaves for good, with its tasks; its machine comes back as another one. */
    AGENT_LEAVE(Target.AGENT),
    /** An agent's machine starts anew: no task is left. */
    AGENT_REBOOT(Target.AGENT),
    /** An agent starts again with more or less than it had. */
    AGENT_RESIZE(Target.AGENT),
    /** An agent's process is stopped and goes on later; its tasks go on meanwhile. */
    AGENT_PAUSE(Target.AGENT),
    /** An agent loses one master or all. */
    AGENT_PARTITION(Target.AGENT),
    /** An agent hears the masters and is not heard, or the other way round. */
    AGENT_ONE_WAY(Target.AGENT),
    /** An agent's disk takes nothing any more; now and then its process dies meanwhile. */
    AGENT_FULL_DISK(Target.AGENT),
    /** An agent's disk takes long. */
    AGENT_SLOW_DISK(Target.AGENT),
    /** An agent's machine gets another time; the process learns of it when it starts again. */
    AGENT_CLOCK(Target.AGENT),
    /**
     * A framework's process dies and is started again, remembering everything; often right after it accepted an offer,
     * before it heard what became of it.
     */
    FRAMEWORK_CRASH(Target.FRAMEWORK),
    /** A framework's process is stopped and goes on later. */
    FRAMEWORK_PAUSE(Target.FRAMEWORK),
    /** A framework loses one master or all, in both directions or in one. */
    FRAMEWORK_PARTITION(Target.FRAMEWORK),
    /** A framework's calls arrive twice, as through a proxy that tries again. */
    REPEATED_CALLS(Target.FRAMEWORK),
    /** A connection breaks with what is under way on it. */
    BROKEN_CONNECTION(Target.ANY),
    /** Messages of a process take long; on a connection they keep their order, between connections they do not. */
    SLOW_NETWORK(Target.ANY);

    /** Whom it strikes. */
    public enum Target {
        MASTER,
        AGENT,
        FRAMEWORK,
        /** A master, an agent or a framework. */
        ANY
    }

    /** Those that end the present leadership when they strike its leader. */
    public static final List<FaultKind> LEADER_CHANGES = List.of(
            MASTER_CRASH,
            MASTER_STOP,
            MASTER_PAUSE,
            MASTER_PARTITION,
            LEADER_ALONE,
            MASTER_ONE_WAY,
            LOST_DISK,
            HANDOVER);

    /** Those that are meant for whoever leads. */
    public static final List<FaultKind> OF_LEADERS = List.of(
            LEADER_ALONE, LEADER_WITH_AGENTS, LEADER_WITHOUT_AGENTS, LEADER_WITHOUT_FRAMEWORKS, ANSWERS_LOST, HANDOVER);

    private final Target target;

    FaultKind(Target target) {
        this.target = target;
    }

    public Target target() {
        return target;
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of this name.
     *
     * @throws IllegalArgumentException when there is none; the message lists those that there are
     */
    public static FaultKind parse(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        var known = Arrays.stream(values()).map(FaultKind::word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no fault is called `" + word + "`; there are: " + known);
    }
}
