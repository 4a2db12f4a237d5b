package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;

/** Who stands before whom when a leader falls silent. */
final class TurnsTest {
    private static final List<String> MEMBERS = List.of("a", "b", "c");
    private static final TermIndex OWN = TermIndex.valueOf(4, 100);

    private CompletableFuture<List<DeadProcessWatchdog.Rival>> asked = new CompletableFuture<>();
    private final Turns turns = new Turns("b", () -> asked);

    private static DeadProcessWatchdog.Rival has(String member, long term, long index) {
        return new DeadProcessWatchdog.Rival(member, TermIndex.valueOf(term, index));
    }

    private long place(DeadProcessWatchdog.Rival... answers) {
        asked = CompletableFuture.completedFuture(List.of(answers));
        turns.ask();
        return turns.place(OWN, MEMBERS);
    }

    @Test
    void whoHasMoreGoesFirstWhateverItsName() {
        assertThat(place(has("c", 4, 101))).isOne();
        assertThat(place(has("c", 5, 1), has("a", 4, 200))).isEqualTo(2);
        assertThat(place(has("a", 4, 99), has("c", 4, 99))).isZero();
    }

    @Test
    void amongEqualsTheNamesDecide() {
        assertThat(place(has("a", 4, 100), has("c", 4, 100))).isOne();
        assertThat(place(has("c", 4, 100))).isZero();
    }

    @Test
    void whereNobodyAnswersTheNamesDecideAlone() {
        assertThat(turns.place(OWN, MEMBERS)).isOne();
        turns.ask();
        assertThat(turns.place(OWN, MEMBERS)).isOne();
        assertThat(place()).isOne();
    }
}
