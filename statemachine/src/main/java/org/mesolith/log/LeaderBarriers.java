package org.mesolith.log;

import java.util.concurrent.CompletableFuture;

/** How a member that follows asks the leader for a barrier. Any thread; does not block. */
@FunctionalInterface
public interface LeaderBarriers {
    /**
     * Asks this leader.
     *
     * @return completes after at most a few seconds, never exceptionally; {@link Barrier.Reached} speaks of what the
     *     leader has applied, not of what this member has
     */
    CompletableFuture<Barrier> barrier(MemberAddress leader);
}
