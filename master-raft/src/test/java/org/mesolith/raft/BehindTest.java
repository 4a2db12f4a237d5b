package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader hangs, and one of its followers has less of the log than the other one. */
final class BehindTest {
    /** Where Ratis lets tests in: a follower takes entries, a member is asked for its vote. */
    private static final String APPEND = "RaftServerImpl.appendEntries";

    private static final String VOTE = "RaftServerImpl.requestVote";

    private static final RatisSettings.Elections COUNTED =
            new RatisSettings.Elections(Duration.ofSeconds(2), Duration.ofSeconds(4), true);

    @TempDir
    Path root;

    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() {
        over.countDown();
        CodeInjectionForTesting.remove(APPEND);
        CodeInjectionForTesting.remove(VOTE);
    }

    private void hang() {
        try {
            assertThat(over.await(Wait.LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("it hung");
    }

    /** It would be first by its name; nobody who has more votes for it, and meanwhile it votes for nobody. */
    @Test
    void whoHasMoreOfTheLogStandsFirst() throws Exception {
        try (var group = TestGroup.three(root, COUNTED, RatisSettings.SnapshotRules.DEFAULT)) {
            group.set("x", 1);
            group.settle();
            var leader = group.leader();
            String hangs = leader.member().self().member();
            String behind = group.places.stream()
                    .map(place -> place.member().self().member())
                    .filter(member -> !member.equals(hangs))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            CodeInjectionForTesting.put(APPEND, (local, remote, args) -> {
                if (behind.equals(String.valueOf(local))) {
                    throw new IllegalStateException("not heard");
                }
                return false;
            });
            group.set("x", 2);

            Queue<String> asked = new ConcurrentLinkedQueue<>();
            CodeInjectionForTesting.put(VOTE, (local, remote, args) -> {
                if (hangs.equals(String.valueOf(local))) {
                    hang();
                }
                // What a member has is asked for with an empty log.
                if (!args[1].equals(TermIndex.valueOf(0, 0))) {
                    asked.add(String.valueOf(remote));
                }
                return false;
            });
            CodeInjectionForTesting.put(APPEND, (local, remote, args) -> {
                if (hangs.equals(String.valueOf(remote))) {
                    hang();
                }
                return false;
            });
            Wait.until(
                    "another leads", () -> group.places.stream().anyMatch(place -> place != leader && place.ready()));
            assertThat(asked.peek())
                    .as("asked for votes, one after the other: " + asked)
                    .isNotEqualTo(behind);
        }
    }
}
