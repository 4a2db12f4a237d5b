package org.mesolith.agent.core;

import java.time.Duration;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;

/**
 * What the core must know of the agent's settings.
 *
 * @param info what the agent says of itself when it joins
 * @param shutdownGrace between TERM and KILL when a framework is shut down or the agent leaves
 * @param cleanup true: end all tasks that are left over and stop, never join
 * @param registration in which an executor must subscribe once it was started
 * @param reregistration in which it must subscribe again after the agent was
 * @param boundsMemory whether a task that uses more memory than it has is ended
 * @param disk how disk use is measured
 * @param lent how much is lent on top of what the agent has
 */
public record AgentSettings(
        AgentInfo info,
        Duration shutdownGrace,
        boolean cleanup,
        Duration registration,
        Duration reregistration,
        boolean boundsMemory,
        Disk disk,
        Lent lent) {
    /**
     * How disk use is measured.
     *
     * @param every how often; not positive for never
     * @param bounds whether a task that keeps more than it may is ended
     */
    public record Disk(Duration every, boolean bounds) {
        /** Nobody looks. */
        public static final Disk UNSEEN = new Disk(Duration.ZERO, false);
    }

    /**
     * How much is lent on top of what the agent has.
     *
     * @param fixed revocable amounts that may be in use together
     * @param every how often the agent looks whether what it lends has changed; not positive for never
     */
    public record Lent(Resources fixed, Duration every) {
        /** Nothing is, and nobody looks. */
        public static final Lent NOTHING = new Lent(Resources.EMPTY, Duration.ZERO);
    }

    /** Least time between two looks at what is lent. */
    public static final Duration LENT_INTERVAL_MIN = Duration.ofMillis(100);

    /** With the times that executors have by default, nobody who measures memory or disks, and nothing lent. */
    public AgentSettings(AgentInfo info, Duration shutdownGrace, boolean cleanup) {
        this(
                info,
                shutdownGrace,
                cleanup,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2),
                false,
                Disk.UNSEEN,
                Lent.NOTHING);
    }

    /** Least time from one measurement of the memory of all tasks to the next. */
    public static final Duration MEMORY_INTERVAL_MIN = Duration.ofSeconds(1);

    /** The pause between two measurements is at least so many times what the last one took. */
    public static final int MEASURE_PAUSE_FACTOR = 20;

    /** Updates of an executor for one task that are kept; further ones are refused until some are acknowledged. */
    public static final int EXECUTOR_UPDATES_MAX = 1_000;

    /** Bytes of frameworks in updates of one task that wait; above this further ones are refused. */
    public static final long EXECUTOR_BYTES_MAX = 32L << 20;

    /** Bytes of frameworks in updates that go out in one message. */
    public static final long FRAME_DATA_MAX = 4L << 20;

    /** Bytes of frameworks in updates that go out at a time; the others are sent when they are due again. */
    public static final long TURN_BYTES_MAX = 16L << 20;

    /** How long a built-in executor whose tasks have ended waits for their last updates to be acknowledged. */
    public static final Duration EXECUTOR_IDLE_MAX = Duration.ofMinutes(1);

    /** How often an executor hears that its agent is there. */
    public static final Duration EXECUTOR_BEAT = Duration.ofMinutes(30);

    /** Runs on one agent, those that wait for an acknowledgement included; a further launch is refused. */
    public static final int RUNS_MAX = 20_000;

    /** Runs that are over and acknowledged and still shown; the oldest is forgotten first. */
    public static final int COMPLETED_MAX = 1_000;

    /** Orders that may wait until a new fence is on disk. */
    public static final int ORDERS_WAITING_MAX = 100_000;

    /** Time from the first try of an update to the second; doubled for each further one. */
    public static final Duration RETRY_FIRST = Duration.ofSeconds(10);

    /** Longest time between two tries of an update. */
    public static final Duration RETRY_MAX = Duration.ofMinutes(10);

    /** A master that took the link must welcome or refuse the agent in this time. */
    public static final Duration WELCOME_MAX = Duration.ofSeconds(10);

    /** Time between two tries to write a checkpoint that the disk refused. */
    public static final Duration REWRITE_AFTER = Duration.ofSeconds(5);

    /** Least time between two looks at a task, whatever it asks for. */
    public static final Duration PROBE_INTERVAL_MIN = Duration.ofMillis(100);

    /** Updates of one run that wait for the master; of further ones of its checks only the newest is kept. */
    public static final int UPDATES_WAITING_MAX = 100;

    /** Updates of one run that are kept for showing; older acknowledged ones of its checks go. */
    public static final int UPDATES_KEPT_MAX = 50;

    /** An agent that leaves waits no longer than its grace and this for its tasks to end. */
    public static final Duration LEAVE_MAX = Duration.ofSeconds(10);
}
