package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.log.Barrier;
import org.mesolith.log.PeerTerms;
import org.mesolith.log.PeerTerms.Heard;
import org.mesolith.model.Weight;

/** A leader that asks the others whether it still leads writes nothing for its readers. */
final class StillLeadingTest {
    private static final int READS = 200;

    @TempDir
    private Path root;

    @Test
    void readersSeeWhatWasAcknowledgedAndTheLogDoesNotGrow() throws Exception {
        try (var group = TestGroup.three(root)) {
            var asked = new AtomicInteger();
            var leader = group.leader();
            leader.member().confirmBy(peer -> {
                asked.incrementAndGet();
                return group.term(peer);
            });
            for (int number = 1; number <= 20; number++) {
                var at = group.set("x", number).at();
                assertThat(Wait.forIt(leader.member().log().barrier())).isEqualTo(new Barrier.Reached(at.index()));
            }
            long before = leader.member().logEnd();
            asked.set(0);

            var reads = new ArrayList<CompletableFuture<Barrier>>();
            for (int number = 0; number < READS; number++) {
                reads.add(leader.member().log().barrier());
            }
            for (var read : reads) {
                assertThat(Wait.forIt(read)).isInstanceOf(Barrier.Reached.class);
            }

            assertThat(leader.member().logEnd()).isEqualTo(before);
            assertThat(asked).hasPositiveValue();
        }
    }

    @Test
    void withoutTheWordOfAMajorityReadersWaitForAnEntry() throws Exception {
        try (var group = TestGroup.three(root)) {
            var at = group.set("x", 1).at();
            var leader = group.leader();
            long term = leader.recorder.readyTerm;
            assertThat(readBy(leader, _ -> CompletableFuture.completedFuture(null)))
                    .isGreaterThan(at.index());
            assertThat(readBy(leader, _ -> new CompletableFuture<>())).isGreaterThan(at.index());
            assertThat(readBy(leader, changed(group, heard -> new Heard(heard.member(), heard.group(), term + 1))))
                    .isGreaterThan(at.index());
            assertThat(readBy(leader, changed(group, heard -> new Heard(heard.member(), "other", term))))
                    .isGreaterThan(at.index());
            assertThat(readBy(leader, changed(group, heard -> new Heard("somebody", heard.group(), term))))
                    .isGreaterThan(at.index());
        }
    }

    @Test
    void oneOfTwoOthersIsEnough() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 1);
            var leader = group.leader();
            var silent = group.follower().member().self().member();
            leader.member()
                    .confirmBy(peer ->
                            peer.member().equals(silent) ? CompletableFuture.completedFuture(null) : group.term(peer));
            long before = leader.member().logEnd();

            assertThat(Wait.forIt(leader.member().log().barrier())).isInstanceOf(Barrier.Reached.class);
            assertThat(leader.member().logEnd()).isEqualTo(before);
        }
    }

    /** Another member may have shown already what the leader has committed and not applied. */
    @Test
    void aLeaderThatAppliesLaterThanAFollowerShowsNothingOlder() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 1);
            var leader = group.leader();
            leader.member().confirmBy(group::term);
            var held = new CountDownLatch(1);
            var release = new CountDownLatch(1);
            leader.recorder.afterEach = () -> {
                held.countDown();
                Wait.forIt(release);
            };
            try {
                long term = leader.recorder.readyTerm;
                var _ = leader.member().log().propose(TestGroup.weight(term, "x", 2));
                Wait.forIt(held);
                var _ = leader.member().log().propose(TestGroup.weight(term, "x", 3));
                var follower = group.follower().member();
                Wait.until("the follower to apply", () -> Weight.of("x", 3).equals(weight(follower)));

                var read = leader.member().log().barrier().thenApply(_ -> weight(leader.member()));
                assertThat(weight(leader.member())).isEqualTo(Weight.of("x", 2));
                release.countDown();

                assertThat(Wait.forIt(read)).isEqualTo(Weight.of("x", 3));
            } finally {
                release.countDown();
            }
        }
    }

    private static @Nullable Weight weight(RaftMember member) {
        return member.registry().weight("x");
    }

    private static PeerTerms changed(TestGroup group, UnaryOperator<Heard> change) {
        return peer -> group.term(peer).thenApply(heard -> {
            @Nullable Heard said = heard;
            return said == null ? null : change.apply(said);
        });
    }

    /** The end of the log after a read. */
    private static long readBy(TestGroup.Place leader, PeerTerms peers) throws Exception {
        leader.member().confirmBy(peers);
        long before = leader.member().logEnd();
        assertThat(Wait.forIt(leader.member().log().barrier())).isInstanceOf(Barrier.Reached.class);
        long after = leader.member().logEnd();
        assertThat(after).isGreaterThan(before);
        return after;
    }
}
