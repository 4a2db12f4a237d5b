package org.mesolith.raft;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;

/** Listens to a member and keeps what matters; also notes how it ended instead of ending the process. */
final class Recorder implements LogListener, Ending {
    final List<String> ends = new CopyOnWriteArrayList<>();
    final List<Long> readyTerms = new CopyOnWriteArrayList<>();
    final AtomicLong appliedCommands = new AtomicLong();
    final AtomicLong replaced = new AtomicLong();
    final List<Halt.Code> codes = new CopyOnWriteArrayList<>();
    volatile long readyTerm;
    volatile Registry seen = Registry.EMPTY;
    volatile @Nullable MemberAddress leader;
    /** Runs on the thread that applies, after each command. */
    volatile Runnable afterEach = () -> {};

    @Override
    public void onApplied(LogEntry entry, Outcome outcome, Registry after) {
        appliedCommands.incrementAndGet();
        seen = after;
        afterEach.run();
    }

    @Override
    public void onReplaced(Registry now) {
        replaced.incrementAndGet();
        seen = now;
    }

    @Override
    public void onLeaderReady(long term, Registry registry) {
        seen = registry;
        readyTerms.add(term);
        readyTerm = term;
    }

    @Override
    public void onStepDown() {
        readyTerm = 0;
    }

    @Override
    public void onLeaderKnown(@Nullable MemberAddress now) {
        leader = now;
    }

    @Override
    public void end(Halt.Code code, String why, @Nullable Throwable cause) {
        codes.add(code);
        ends.add(code + ": " + why);
    }
}
