package org.mesolith.log;

import java.util.concurrent.CompletableFuture;

/**
 * The replicated log as its user sees it.
 *
 * <p>Threads: every method may be called on any thread and never blocks. Futures complete on a thread of the log's own
 * that must not be held up: whoever continues on it hands over to a queue at once. They always complete, at the latest
 * after the log's own deadline; never exceptionally.
 */
public interface CommandLog {
    /**
     * Asks for a command to be appended. Proposals of one thread are appended in the order in which they were made, as
     * long as none of them is refused. By the time a future says {@link Proposed.Decided},
     * {@link LogListener#onApplied} has been called for the same command.
     */
    CompletableFuture<Proposed> propose(Proposal proposal);

    /** Asks for a point in the log that is not before this call; readers that wait share one entry. */
    CompletableFuture<Barrier> barrier();

    /** How many proposals wait for a place in an entry, now. */
    int waiting();
}
