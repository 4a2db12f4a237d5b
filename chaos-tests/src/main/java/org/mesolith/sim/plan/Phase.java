package org.mesolith.sim.plan;

import java.util.Locale;

/** What was going on where a fault struck. Several can go on at once. */
public enum Phase {
    /** Nothing of the others. */
    QUIET,
    /** A launch was asked for and the task is not yet known to have begun. */
    LAUNCH,
    /** The newest update of a task is not yet acknowledged. */
    UPDATE,
    /** A task is to be killed and has not ended. */
    KILL,
    /** A framework looks for the leader. */
    SUBSCRIBE,
    /** Nobody leads, or the leader is not ready. */
    FAILOVER,
    /** An agent looks for the leader, or is not yet admitted. */
    AGENT_RETURN,
    /** An agent is unreachable. */
    UNREACHABLE,
    /** An agent is being emptied. */
    DRAIN,
    /** An operator keeps an agent from being offered. */
    DEACTIVATED,
    /** Machines are scheduled for maintenance, or down. */
    MAINTENANCE,
    /** A role has quota. */
    QUOTA,
    /** A framework ends. */
    TEARDOWN;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
