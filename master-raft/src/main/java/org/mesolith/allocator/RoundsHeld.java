package org.mesolith.allocator;

import java.time.Duration;

/**
 * Rounds wait for agents to come back to a new leader.
 *
 * @param awaited how many agents have to be back
 * @param back how many are
 * @param left after which rounds wait no longer
 */
public record RoundsHeld(int awaited, int back, Duration left) {
    /** How many agents are missing. */
    public int missing() {
        return awaited - back;
    }
}
