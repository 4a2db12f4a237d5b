package org.mesolith.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sandboxes that nobody uses any more, until they are removed (Mesos: garbage collection).
 *
 * @param ageMax how long they are kept, as the disk is filled now
 * @param waiting those that are there, the longest waiting first; a bounded part of them when there are very many
 * @param pending how many there are
 * @param succeeded removed since the agent was started
 * @param failed tries to remove one since then that failed; it is tried again
 */
public record Removals(Duration ageMax, List<Waiting> waiting, int pending, long succeeded, long failed) {
    public Removals {
        waiting = List.copyOf(waiting);
    }

    /**
     * One sandbox.
     *
     * @param path absolute
     * @param since when its task or executor was over
     */
    public record Waiting(String path, Instant since) {}
}
