package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.log.Barrier;
import org.mesolith.log.LeaderBarriers;
import org.mesolith.log.MemberReads;
import org.mesolith.model.Weight;

/** What was acknowledged is read on every member, and readers share the questions to the leader. */
final class FreshReadsTest {
    private static final int WRITES = 60;

    @TempDir
    private Path root;

    /** Asks the member itself instead of its HTTP door. */
    private static LeaderBarriers direct(TestGroup group, AtomicInteger asked) {
        return leader -> {
            asked.incrementAndGet();
            return group.places.stream()
                    .filter(place ->
                            place.member != null && place.member().self().equals(leader))
                    .findFirst()
                    .map(place -> place.member().log().barrier())
                    .orElseGet(() -> CompletableFuture.completedFuture(new Barrier.Failed("nobody is there")));
        };
    }

    private static List<MemberReads> reads(TestGroup group, AtomicInteger asked) {
        return group.places.stream()
                .map(place -> place.member().reads(direct(group, asked)))
                .toList();
    }

    private static @Nullable Weight weight(MemberReads member) {
        return Check.present(member.registry(), "the registry").weight("ads");
    }

    @Test
    void whatWasAcknowledgedIsReadOnEveryMember() throws Exception {
        try (var group = TestGroup.three(root)) {
            var members = reads(group, new AtomicInteger());
            for (int number = 1; number <= WRITES; number++) {
                group.set("ads", number);
                for (var member : members) {
                    assertThat(Wait.forIt(member.fresh(Duration.ZERO))).isInstanceOf(Barrier.Reached.class);
                    assertThat(weight(member)).isEqualTo(Weight.of("ads", number));
                }
            }
        }
    }

    @Test
    void readersThatComeTogetherShareQuestionsAndABoundIsAnsweredFromWhatIsKnown() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("ads", 2);
            var asked = new AtomicInteger();
            var reads = group.follower().member().reads(direct(group, asked));
            int readers = 2_000;
            var answers = new ArrayList<CompletableFuture<Barrier>>();
            for (int reader = 0; reader < readers; reader++) {
                answers.add(reads.fresh(Duration.ZERO));
            }
            for (var answer : answers) {
                assertThat(Wait.forIt(answer)).isInstanceOf(Barrier.Reached.class);
            }
            assertThat(asked.get()).isPositive().isLessThan(readers / 4);
            int before = asked.get();
            assertThat(Wait.forIt(reads.fresh(Duration.ofHours(1)))).isInstanceOf(Barrier.Reached.class);
            assertThat(asked).hasValue(before);
        }
    }

    @Test
    void aMemberThatCannotReachALeaderSaysSoAndGoesOnWhenThereIsOne() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("ads", 2);
            group.settle();
            var follower = group.follower();
            var reads = follower.member().reads(direct(group, new AtomicInteger()));
            var others = group.places.stream()
                    .filter(place -> !place.equals(follower))
                    .toList();
            others.forEach(group::drop);
            assertThat(Wait.forIt(reads.fresh(Duration.ZERO))).isNotInstanceOf(Barrier.Reached.class);
            assertThat(weight(reads)).isEqualTo(Weight.of("ads", 2));
            group.open(others.getFirst());
            group.set("ads", 5);
            assertThat(Wait.forIt(reads.fresh(Duration.ZERO))).isInstanceOf(Barrier.Reached.class);
            assertThat(weight(reads)).isEqualTo(Weight.of("ads", 5));
        }
    }

    @Test
    void aReaderAsksTheNextLeaderWhenTheOneThatWasAskedNeverAnswers() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("ads", 2);
            group.settle();
            var follower = group.follower();
            var old = group.leader();
            var dead = old.member().self();
            var asked = new AtomicInteger();
            var direct = direct(group, asked);
            var reads = follower.member()
                    .reads(leader -> leader.equals(dead) ? new CompletableFuture<>() : direct.barrier(leader));
            var answer = reads.fresh(Duration.ZERO);
            group.drop(old);
            assertThat(Wait.forIt(answer)).isInstanceOf(Barrier.Reached.class);
            assertThat(weight(reads)).isEqualTo(Weight.of("ads", 2));
        }
    }
}
