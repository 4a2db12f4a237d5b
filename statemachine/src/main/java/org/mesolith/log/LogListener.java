package org.mesolith.log;

import org.jspecify.annotations.Nullable;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;

/**
 * Hears what the log does, on every member.
 *
 * <p>Threads: {@link #onApplied} comes on the log's apply thread, in log order. The others come one at a time, possibly
 * on another thread than {@link #onApplied}; {@link #onLeaderReady} comes after onApplied of every entry that its
 * registry holds and before onApplied of any later one. No method may block or throw: it queues and returns.
 */
public interface LogListener {
    /**
     * A command was applied and is durable on a majority.
     *
     * @param after the registry with the outcome's changes
     */
    void onApplied(LogEntry entry, Outcome outcome, Registry after);

    /**
     * A snapshot of another member has replaced the registry: onApplied was not called for the entries in between. Only
     * on a member that does not lead.
     */
    void onReplaced(Registry now);

    /** This member leads, and its registry holds everything that was promised before. */
    void onLeaderReady(long term, Registry registry);

    /** This member no longer leads (or no longer hears a quorum). May come without an onLeaderReady before it. */
    void onStepDown();

    /** Another member is known to lead, or nobody (null). This member's own leading is told here too. */
    void onLeaderKnown(@Nullable MemberAddress leader);
}
