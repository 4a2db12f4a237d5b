package org.mesolith.raft;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * Whether one of the others can follow a leader that gave up: nobody votes for a member that has less than he himself.
 * The housekeeping thread's.
 */
final class Successors {
    private final Supplier<CompletableFuture<List<DeadProcessWatchdog.Rival>>> ask;
    private @Nullable CompletableFuture<List<DeadProcessWatchdog.Rival>> asked;

    /** @param ask asks all others what they have; done soon, with those who answered */
    Successors(Supplier<CompletableFuture<List<DeadProcessWatchdog.Rival>>> ask) {
        this.ask = ask;
    }

    /** What they said is old. */
    void forget() {
        asked = null;
    }

    /**
     * True when so many others answered that they could elect this member, and all of them have less. False when it is
     * not known yet; then they are asked. Does not block.
     *
     * @param own the newest entry of this member
     * @param voters this member included
     */
    boolean cannotWin(TermIndex own, int voters) {
        var before = asked;
        if (before != null && !before.isDone()) {
            return false;
        }
        asked = ask.get();
        if (before == null) {
            return false;
        }
        var answers = before.join();
        return answers.size() + 1 > voters / 2
                && answers.stream().allMatch(rival -> rival.last().compareTo(own) < 0);
    }
}
