package org.mesolith.cli.chaos.fault;

/** Whom a fault hits: found when it strikes, because roles move. */
public enum Aim {
    /** The master that leads and serves. */
    LEADER,
    /** Any other master. */
    FOLLOWER,
    /** The follower whose log is the longest: the most likely next leader. */
    BEST_FOLLOWER,
    /** All masters. */
    MASTERS,
    /** Any agent. */
    AGENT,
    /** The agent on which the most tasks run. */
    BUSIEST_AGENT,
    /** Any framework. */
    FRAMEWORK
}
