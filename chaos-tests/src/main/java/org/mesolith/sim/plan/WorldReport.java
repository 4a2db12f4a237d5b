package org.mesolith.sim.plan;

import java.time.Duration;

/**
 * What a simulation came to.
 *
 * @param events that ran
 * @param fingerprint of the order of all events: equal for equal settings
 * @param digest of the registry at the end
 * @param commands in the log
 * @param refused commands that the state refused
 * @param terms leaderships there were
 * @param launches tasks that were promised
 * @param coverage which trouble met what
 * @param deeds what was done
 * @param recovery from the death of a leader to the first offer of the next one
 * @param took virtual time
 */
public record WorldReport(
        long seed,
        long events,
        long fingerprint,
        long digest,
        int commands,
        int refused,
        long terms,
        int launches,
        Coverage coverage,
        Deeds deeds,
        Duration recovery,
        Duration took) {
    /** One number for all of it. */
    public long hash() {
        return (fingerprint * 31 + digest) * 31 + commands;
    }
}
