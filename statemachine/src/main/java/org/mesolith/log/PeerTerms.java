package org.mesolith.log;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How a member that leads asks another one for the newest term. Any thread; does not block. */
@FunctionalInterface
public interface PeerTerms {
    /**
     * What a member has heard of.
     *
     * @param member who says so
     * @param group the Raft group that it is in; empty while it waits for one
     * @param term the newest term, in which it may have voted
     */
    record Heard(String member, String group, long term) {}

    /**
     * Asks this member, now: what it said before is of no use.
     *
     * @return completes after at most a few seconds, never exceptionally; null when it did not answer
     */
    CompletableFuture<@Nullable Heard> term(MemberAddress peer);
}
