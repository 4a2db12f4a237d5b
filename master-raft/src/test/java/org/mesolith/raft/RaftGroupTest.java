package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Limits;
import org.mesolith.log.Barrier;
import org.mesolith.log.ClusterControl.Bootstrap;
import org.mesolith.log.ClusterControl.Handover;
import org.mesolith.log.MemberStatus;
import org.mesolith.log.Proposed;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.store.RocksStore;

/** Three real members: elect, propose, apply, answer, lose their leader, all restart. */
final class RaftGroupTest {
    @TempDir
    Path root;

    @Test
    void threeMembersElectALeaderThatMakesTheClusterAndDecidesCommands() throws Exception {
        try (var group = TestGroup.three(root)) {
            var leader = group.leader();
            assertThat(leader.member().registry().cluster().clusterId()).isEqualTo("test-cluster");

            long term = leader.recorder.readyTerm;
            var answers = new ArrayList<CompletableFuture<Proposed>>();
            for (int number = 0; number < 500; number++) {
                answers.add(leader.member().log().propose(TestGroup.weight(term, "role" + number, 1 + number)));
            }
            var bad = leader.member().log().propose(TestGroup.weight(term, "no//role", -1));
            var stale = leader.member().log().propose(TestGroup.weight(term - 1, "late", 2));

            for (var answer : answers) {
                assertThat(Wait.forIt(answer))
                        .isInstanceOfSatisfying(
                                Proposed.Decided.class,
                                decided -> assertThat(decided.outcome()).isInstanceOf(Outcome.Accepted.class));
            }
            assertThat(Wait.forIt(bad))
                    .isInstanceOfSatisfying(
                            Proposed.Decided.class,
                            decided -> assertThat(decided.outcome()).isInstanceOf(Outcome.Rejected.class));
            assertThat(Wait.forIt(stale))
                    .isInstanceOfSatisfying(
                            Proposed.Decided.class,
                            decided -> assertThat(decided.outcome())
                                    .isInstanceOfSatisfying(
                                            Outcome.Rejected.class,
                                            rejected -> assertThat(rejected.reason())
                                                    .isEqualTo(Reason.STALE_TERM)));
            assertThat(leader.member().metrics().entries()).isLessThan(400);

            group.settle();
            for (var place : group.places) {
                assertThat(place.member().registry().digest())
                        .isEqualTo(leader.member().registry().digest());
                assertThat(place.recorder.ends).isEmpty();
            }
            assertThat(leader.member().cluster().status().members()).hasSize(3);
        }
    }

    @Test
    void aLeaderThatIsGoneIsReplacedAndNothingAcknowledgedIsLost() throws Exception {
        try (var group = TestGroup.three(root)) {
            var acknowledged = new TreeMap<String, Double>();
            for (int number = 0; number < 100; number++) {
                group.set("a" + number, 2 + number);
                acknowledged.put("a" + number, 2.0 + number);
            }
            var first = group.leader();
            long oldTerm = first.recorder.readyTerm;
            group.drop(first);

            var second = group.leader();
            assertThat(second.recorder.readyTerm).isGreaterThan(oldTerm);
            group.set("b", 7);
            acknowledged.put("b", 7.0);
            assertThat(second.recorder.readyTerms).doesNotHaveDuplicates();

            for (var place : group.places) {
                if (place.member != null) {
                    group.drop(place);
                }
                // As after a power cut: an orderly end leaves a snapshot, behind which Ratis goes on.
                for (var snapshot : SnapshotStore.listOf(groupOf(place))) {
                    DurableFiles.deleteTree(snapshot.directory());
                }
            }
            group.openAll();
            group.leader();
            group.set("c", 8);
            acknowledged.put("c", 8.0);
            group.settle();
            for (var place : group.places) {
                var weights = new TreeMap<String, Double>();
                for (Weight weight : place.member().registry().weights()) {
                    weights.put(weight.role(), weight.value());
                }
                assertThat(weights).isEqualTo(acknowledged);
                assertThat(adapter(place).passedOver()).isZero();
            }
        }
    }

    private static Path groupOf(TestGroup.Place place) throws IOException {
        try (var groups = Files.list(place.dir.resolve("raft"))) {
            return groups.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static RatisAdapter adapter(TestGroup.Place place) {
        return (RatisAdapter)
                Check.present(place.member().node().division(), "its division").getStateMachine();
    }

    @Test
    void aFollowerNamesTheLeaderAndABarrierReachesWhatWasAcknowledged() throws Exception {
        try (var group = TestGroup.three(root)) {
            var at = group.set("x", 3).at();
            var leader = group.leader();
            Wait.until(
                    "all know the leader",
                    () -> group.places.stream()
                            .allMatch(place -> leader.member().self().equals(place.recorder.leader)));
            var follower = group.follower();

            assertThat(Wait.forIt(leader.member().log().barrier()))
                    .isInstanceOfSatisfying(
                            Barrier.Reached.class,
                            reached -> assertThat(reached.index())
                                    .isGreaterThanOrEqualTo(at.index())
                                    .isLessThanOrEqualTo(
                                            leader.recorder.seen.at().index()));
            assertThat(Wait.forIt(follower.member().log().barrier()))
                    .isEqualTo(new Barrier.NotLeader(leader.member().self()));
            assertThat(Wait.forIt(follower.member().log().propose(TestGroup.weight(1, "y", 1))))
                    .isEqualTo(new Proposed.NotLeader(leader.member().self()));
        }
    }

    @Test
    void theLeadIsHandedOverOnRequestAndAtAnOrderlyEnd() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 3);
            group.settle();
            var first = group.leader();
            var target = group.follower();

            var handed = Wait.forIt(
                    first.member().cluster().transferLeadership(target.member().self(), Duration.ofSeconds(2)));
            assertThat(handed).isEqualTo(new Handover.Done());
            Wait.until("the target leads", target::ready);
            assertThat(first.recorder.readyTerm).isZero();
            group.set("y", 4);

            long before = System.nanoTime();
            target.member().close();
            target.member = null;
            target.recorder.readyTerm = 0;
            group.leader();
            assertThat(System.nanoTime() - before).isLessThan(Wait.LONG.toNanos());
            group.set("z", 5);
        }
    }

    /** It was heard a moment ago, and writes would wait for it. */
    @Test
    void theLeadIsNotHandedToOneThatHasJustDied() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 3);
            group.settle();
            var leader = group.leader();
            var dead = group.follower();
            var address = dead.member().self();
            group.drop(dead);

            var handed = leader.member().cluster().transferLeadership(address, Duration.ofSeconds(4));
            group.set("y", 4);

            assertThat(Wait.forIt(handed))
                    .isInstanceOfSatisfying(
                            Handover.Failed.class,
                            failed -> assertThat(failed.why()).contains("is in reach and up to date"));
            assertThat(leader.ready()).isTrue();
        }
    }

    @Test
    void aHandoverLeavesNoProposalWithoutAnOutcome() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("x", 3);
            var leader = group.leader();
            long term = leader.recorder.readyTerm;
            var answers = new ConcurrentLinkedQueue<CompletableFuture<Proposed>>();
            var stop = new AtomicBoolean();
            var load = Thread.ofPlatform().start(() -> {
                var under = new Semaphore(64);
                for (int number = 0; !stop.get(); number++) {
                    under.acquireUninterruptibly();
                    var answer =
                            leader.member().log().propose(TestGroup.weight(term, "x" + number % 50, 1 + number % 7));
                    answers.add(answer);
                    var _ = answer.whenComplete((_, _) -> under.release());
                }
            });
            Wait.until("some proposals", () -> answers.size() > 500);

            var handed = Wait.forIt(leader.member().cluster().transferLeadership(null, Duration.ofSeconds(10)));
            stop.set(true);
            load.join();

            assertThat(handed).isEqualTo(new Handover.Done());
            int decided = 0;
            for (var answer : answers) {
                var proposed = Wait.forIt(answer);
                assertThat(proposed).isInstanceOfAny(Proposed.Decided.class, Proposed.NotLeader.class);
                decided += proposed instanceof Proposed.Decided ? 1 : 0;
            }
            assertThat(decided).isGreaterThan(0).isLessThan(answers.size());
        }
    }

    @Test
    void aMemberIsBootstrappedOnceAndWaitsBefore() throws Exception {
        try (var group = new TestGroup(root, 3, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.openAll();
            var one = group.places.getFirst().member();
            assertThat(one.cluster().status().members())
                    .singleElement()
                    .satisfies(member -> assertThat(member.role()).isEqualTo(MemberStatus.Role.WAITING));
            assertThat(Wait.forIt(one.log().propose(TestGroup.weight(1, "x", 1))))
                    .isEqualTo(new Proposed.NotLeader(null));
            assertThat(Wait.forIt(one.cluster()
                            .bootstrap(
                                    "c",
                                    group.groupId,
                                    group.founders().stream()
                                            .filter(other -> !other.equals(one.self()))
                                            .toList())))
                    .isInstanceOf(Bootstrap.Refused.class);

            group.bootstrap();
            group.leader();

            assertThat(Wait.forIt(one.cluster().bootstrap(group.clusterId, group.groupId, group.founders())))
                    .isEqualTo(new Bootstrap.Done(true));
            assertThat(Wait.forIt(one.cluster().bootstrap("other", group.groupId, group.founders())))
                    .isInstanceOf(Bootstrap.Refused.class);
        }
    }

    @Test
    void aCommandAsLargeAsTheLargestCallIsDecidedAndALargerOneRefused() throws Exception {
        try (var group = TestGroup.three(root)) {
            var leader = group.leader();
            assertThat(Wait.forIt(leader.member()
                            .log()
                            .propose(TestGroup.weight(leader.recorder.readyTerm, "x".repeat(12 << 20), 1))))
                    .isInstanceOf(Proposed.TooLarge.class);

            assertThat(group.set("x".repeat(Limits.CALL_BYTES_MAX), 1)).isNotNull();
            assertThat(group.set("small", 2).outcome()).isInstanceOf(Outcome.Accepted.class);
            group.settle();
        }
    }

    @Test
    void aLeaderWhoseProcessIsGoneIsReplacedLongBeforeTheElectionTimeout() throws Exception {
        var patient = new RatisSettings.Elections(Duration.ofSeconds(60), Duration.ofSeconds(70), true);
        try (var group = TestGroup.three(root, patient, RatisSettings.SnapshotRules.DEFAULT)) {
            group.set("x", 2);
            group.settle();
            var first = group.leader();
            Wait.until(
                    "all know the leader",
                    () -> group.places.stream()
                            .allMatch(place -> first.member().self().equals(place.recorder.leader)));
            group.drop(first);

            Wait.until(
                    "another leads",
                    Duration.ofSeconds(40),
                    () -> group.places.stream().anyMatch(TestGroup.Place::ready));
            assertThat(group.leader().member().metrics().forcedElections()).isPositive();
            group.set("y", 3);
        }
    }

    @Test
    void aMemberWithAnotherRegistryIsFoundStandsForNoElectionAndRaisesTheAlarm() throws Exception {
        try (var group = new TestGroup(root, 3, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.digestEvery = Duration.ofMillis(200);
            group.openAll();
            group.bootstrap();
            group.set("x", 2);
            group.settle();
            var wrong = group.follower();
            group.drop(wrong);
            try (var store = RocksStore.open(group.settings(wrong).databaseDir())) {
                var applied = store.load().applied();
                store.write(applied, List.of(new Change.WeightPut(Weight.of("smuggled", 9))));
            }
            group.open(wrong);

            Wait.until("the alarm", () -> wrong.member().metrics().digestAlarm());
            var leader = group.leader();
            assertThat(leader.member().metrics().digestAlarm()).isFalse();
            group.drop(leader);
            assertThat(group.leader()).isNotSameAs(wrong);
            group.set("y", 3);
        }
    }
}
