package org.mesolith.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.Registry;

/**
 * Reads of the registry on any member, leading or not.
 *
 * <p>Threads: every method may be called on any thread and none blocks. Futures always complete, at the latest after a
 * deadline of their own, never exceptionally, and not on a thread that must not be held up.
 */
public interface MemberReads {
    /**
     * The barrier of {@link CommandLog#barrier}, which only the leader has; what a member that follows asks for.
     */
    CompletableFuture<Barrier> barrier();

    /**
     * Waits until {@link #registry} holds at least everything that was acknowledged this long before the call.
     *
     * @param age zero for a linearizable read
     * @return {@link Barrier.NotLeader} when no leader could be asked
     */
    CompletableFuture<Barrier> fresh(Duration age);

    /** As far as this member has applied the log; null while it knows of no cluster. */
    @Nullable
    Registry registry();

    /** What is known of tasks besides. */
    Details details();

    /** The newest term that this member has heard of. */
    long term();

    /** The same, for a leader that asks whether there is a newer one. */
    PeerTerms.Heard heard();
}
