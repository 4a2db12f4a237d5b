package org.mesolith.agent.core;

import java.time.Duration;
import java.time.Instant;

/**
 * Why and until when a task is to end.
 *
 * @param at when the order came
 * @param grace time from then until the whole tree is killed
 */
public record KillOrder(Instant at, Duration grace, Cause cause) {
    /** Who wants the end; the first cause decides the task's last state. */
    public enum Cause {
        /** A kill call. */
        ASKED,
        /** The framework was removed, or the agent leaves. */
        SHUTDOWN,
        /** The task's own bound on its time. */
        TIME_OVER,
        /** Its health check failed too often. */
        UNHEALTHY,
        /** An operator empties the agent. */
        DRAINED,
        /** Another task of its group failed or was killed. */
        GROUP,
        /** The executor did not subscribe in time. */
        NOT_REGISTERED,
        /** The executor did not subscribe again in time, after the agent was started again. */
        NOT_REREGISTERED,
        /** Its processes used more memory than it has. */
        OVER_MEMORY,
        /** It keeps more on disk than it may. */
        OVER_DISK
    }

    public Instant deadline() {
        return at.plus(grace);
    }
}
