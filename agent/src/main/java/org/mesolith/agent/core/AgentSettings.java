package org.mesolith.agent.core;

import java.time.Duration;
import org.mesolith.model.AgentInfo;

/**
 * What the core must know of the agent's settings.
 *
 * @param info what the agent says of itself when it joins
 * @param shutdownGrace between TERM and KILL when a framework is shut down or the agent leaves
 * @param cleanup true: end all tasks that are left over and stop, never join
 */
public record AgentSettings(AgentInfo info, Duration shutdownGrace, boolean cleanup) {
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
