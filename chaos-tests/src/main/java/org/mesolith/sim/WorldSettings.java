package org.mesolith.sim;

import java.time.Duration;

/**
 * What is simulated.
 *
 * @param seed of all chance
 * @param tasks that each framework wants to run
 * @param unrest how long there is trouble
 */
public record WorldSettings(long seed, int masters, int agents, int tasks, Duration unrest) {
    /** A small cluster with everything in it. */
    public static WorldSettings smoke(long seed) {
        return new WorldSettings(seed, 3, 2, 40, Duration.ofSeconds(100));
    }
}
