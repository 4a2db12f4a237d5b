package org.mesolith.raft;

import org.jspecify.annotations.Nullable;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.Result;

/**
 * Passes everything on to the member's listener, and raises the alarm where a fingerprint differs from the leader's.
 */
final class DigestAlarm implements LogListener {
    /** Told once for each difference; must return at once. */
    interface Bell {
        void ring(Result.DigestChecked checked);
    }

    private final LogListener listener;
    private final Bell bell;

    DigestAlarm(LogListener listener, Bell bell) {
        this.listener = listener;
        this.bell = bell;
    }

    @Override
    public void onApplied(LogEntry entry, Outcome outcome, Registry after) {
        listener.onApplied(entry, outcome, after);
        if (outcome instanceof Outcome.Accepted(var _, Result.DigestChecked checked)
                && checked.verdict() == Result.DigestChecked.Verdict.DIFFERS) {
            bell.ring(checked);
        }
    }

    @Override
    public void onReplaced(Registry now) {
        listener.onReplaced(now);
    }

    @Override
    public void onLeaderReady(long term, Registry registry) {
        listener.onLeaderReady(term, registry);
    }

    @Override
    public void onStepDown() {
        listener.onStepDown();
    }

    @Override
    public void onLeaderKnown(@Nullable MemberAddress leader) {
        listener.onLeaderKnown(leader);
    }
}
