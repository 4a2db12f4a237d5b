package org.mesolith.raft;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.ratis.server.protocol.TermIndex;

/**
 * Whose turn it is to stand when a leader falls silent. Whoever has more of the log goes first: nobody votes for one
 * that has less, and while such a one waits for the votes of those who are silent it gives its own to nobody. Among
 * equals the names decide. The housekeeping thread's.
 */
final class Turns {
    private final String self;
    private final Supplier<CompletableFuture<List<DeadProcessWatchdog.Rival>>> ask;
    private CompletableFuture<List<DeadProcessWatchdog.Rival>> answers = CompletableFuture.completedFuture(List.of());

    /** @param ask asks all others what they have; done soon, with those who answered */
    Turns(String self, Supplier<CompletableFuture<List<DeadProcessWatchdog.Rival>>> ask) {
        this.self = self;
        this.ask = ask;
    }

    /** Asks the others, for a turn that may come soon. Does not block. */
    void ask() {
        answers = ask.get();
    }

    /**
     * How many stand before this member: of those who answered, or by the names alone where nobody did.
     *
     * @param own the newest entry of this member
     * @param members names of all, this one included
     */
    long place(TermIndex own, Collection<String> members) {
        var known = answers.getNow(List.of());
        return known.isEmpty()
                ? members.stream().filter(member -> member.compareTo(self) < 0).count()
                : placeAmong(known, own, self);
    }

    /** How many of these go before the member with this name and this newest entry. */
    static long placeAmong(List<DeadProcessWatchdog.Rival> rivals, TermIndex own, String self) {
        return rivals.stream()
                .filter(rival -> {
                    int byLog = rival.last().compareTo(own);
                    return byLog > 0 || (byLog == 0 && rival.member().compareTo(self) < 0);
                })
                .count();
    }
}
