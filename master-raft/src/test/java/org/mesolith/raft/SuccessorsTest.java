package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;

/** Whether others can follow a leader that gave up. */
final class SuccessorsTest {
    private static final TermIndex OWN = TermIndex.valueOf(4, 100);

    private final Deque<CompletableFuture<List<DeadProcessWatchdog.Rival>>> asked = new ArrayDeque<>();
    private final Successors successors = new Successors(() -> {
        asked.add(new CompletableFuture<>());
        return asked.getLast();
    });

    private static DeadProcessWatchdog.Rival has(String member, long term, long index) {
        return new DeadProcessWatchdog.Rival(member, TermIndex.valueOf(term, index));
    }

    private boolean said(int voters, DeadProcessWatchdog.Rival... answers) {
        assertThat(successors.cannotWin(OWN, voters)).isFalse();
        assertThat(successors.cannotWin(OWN, voters)).isFalse();
        asked.getLast().complete(List.of(answers));
        boolean cannot = successors.cannotWin(OWN, voters);
        asked.getLast().complete(List.of());
        return cannot;
    }

    @Test
    void thoseWhoHaveLessCannotWin() {
        assertThat(said(3, has("b", 4, 99))).isTrue();
        assertThat(said(5, has("b", 4, 99), has("c", 3, 500))).isTrue();
    }

    @Test
    void oneWhoHasAsMuchMayWin() {
        assertThat(said(3, has("b", 4, 100))).isFalse();
        assertThat(said(3, has("b", 4, 99), has("c", 5, 1))).isFalse();
    }

    @Test
    void whoHearsTooFewKnowsNothing() {
        assertThat(said(3)).isFalse();
        assertThat(said(5, has("b", 4, 99))).isFalse();
    }

    @Test
    void whatWasSaidBeforeALeadCountsNoMore() {
        assertThat(successors.cannotWin(OWN, 3)).isFalse();
        asked.getLast().complete(List.of(has("b", 4, 1)));
        successors.forget();
        assertThat(successors.cannotWin(OWN, 3)).isFalse();
        assertThat(asked).hasSize(2);
    }
}
