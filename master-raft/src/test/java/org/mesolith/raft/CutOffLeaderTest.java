package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Limits;
import org.mesolith.log.Barrier;
import org.mesolith.log.Proposed;

/** A leader that no longer reaches anybody and does not know it. */
final class CutOffLeaderTest {
    /** Where Ratis lets tests in: a follower takes entries, a member is asked for its vote. */
    private static final String APPEND = "RaftServerImpl.appendEntries";

    private static final String VOTE = "RaftServerImpl.requestVote";

    @TempDir
    Path root;

    private final CountDownLatch healed = new CountDownLatch(1);

    @AfterEach
    void heal() {
        healed.countDown();
        CodeInjectionForTesting.remove(APPEND);
        CodeInjectionForTesting.remove(VOTE);
    }

    /** What the member sends arrives nowhere, and nobody's vote requests reach it. */
    private void cutOff(String member) {
        CodeInjectionForTesting.put(APPEND, (local, remote, args) -> {
            if (member.equals(String.valueOf(remote))) {
                await();
                throw new IllegalStateException("cut off");
            }
            return false;
        });
        CodeInjectionForTesting.put(VOTE, (local, remote, args) -> {
            if (member.equals(String.valueOf(local))) {
                throw new IllegalStateException("cut off");
            }
            return false;
        });
    }

    private void await() {
        try {
            assertThat(healed.await(Wait.LONG.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLeaderThatIsCutOffAnswersNoReadsAndAcknowledgesNothing() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 1);
            group.settle();
            var old = group.leader();
            long oldTerm = old.recorder.readyTerm;
            cutOff(old.member().self().member());

            var read = old.member().log().barrier();
            var writes = new ArrayList<CompletableFuture<Proposed>>();
            for (int number = 0; number < Limits.PROPOSALS_MAX + 2 * Limits.ENTRY_COMMANDS_MAX + 10; number++) {
                writes.add(old.member().log().propose(TestGroup.weight(oldTerm, "lost" + number, 2)));
            }
            Wait.until("another leads", () -> group.places.stream().anyMatch(place -> place != old && place.ready()));
            var now = group.places.stream()
                    .filter(place -> place != old && place.ready())
                    .findFirst()
                    .orElseThrow();
            assertThat(Wait.forIt(now.member().log().propose(TestGroup.weight(now.recorder.readyTerm, "x", 2))))
                    .isInstanceOf(Proposed.Decided.class);

            assertThat(Wait.forIt(read)).isNotInstanceOf(Barrier.Reached.class);
            int full = 0;
            for (var write : writes) {
                var proposed = Wait.forIt(write);
                assertThat(proposed).isNotInstanceOf(Proposed.Decided.class);
                full += proposed instanceof Proposed.Full ? 1 : 0;
            }
            assertThat(full).isPositive();
            assertThat(old.recorder.readyTerm).isZero();

            heal();
            Wait.until("the old leader follows", () -> now.member().self().equals(old.recorder.leader));
            group.settle();
            assertThat(old.member().registry().digest())
                    .isEqualTo(now.member().registry().digest());
            assertThat(old.recorder.ends).isEmpty();
        }
    }

    @Test
    void aLeaderThatIsCutOffIsToldByTheOthersThatThereIsANewerOne() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 1);
            group.settle();
            var old = group.leader();
            old.member().confirmBy(group::term);
            cutOff(old.member().self().member());
            Wait.until("another leads", () -> group.places.stream().anyMatch(place -> place != old && place.ready()));

            assertThat(Wait.forIt(old.member().log().barrier())).isNotInstanceOf(Barrier.Reached.class);
        }
    }

    @Test
    void whoeverIsAskedByALeaderThatGaveUpStandsAtOnce() throws Exception {
        try (var group = TestGroup.three(root);
                var askers = Executors.newCachedThreadPool()) {
            group.set("x", 1);
            group.settle();
            var old = group.leader();
            long term = old.recorder.readyTerm;
            new RatisLead(old.member().node(), Duration.ofSeconds(2), askers).leaveTo(term);
            Wait.until("another leads", () -> group.places.stream().anyMatch(place -> place != old && place.ready()));
            assertThat(group.leader().recorder.readyTerm).isEqualTo(term + 1);
        }
    }
}
