package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.util.CodeInjectionForTesting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.log.Recovering;
import org.mesolith.log.Restoring;
import org.mesolith.log.Snapshots;
import org.mesolith.model.Weight;
import org.mesolith.state.Outcome;

/** New groups that begin with a registry: of a backup, or of the best survivor. */
final class RestoreTest {
    /** Where Ratis lets tests in: a follower takes entries. */
    private static final String APPEND = "RaftServerImpl.appendEntries";

    @TempDir
    private Path root;

    private static Restoring.Plan plan(TestGroup group, Snapshots.Cut.Done cut, long epoch) {
        return new Restoring.Plan(
                UUID.randomUUID().toString(),
                group.founders(),
                epoch,
                77,
                cut.term(),
                cut.index(),
                cut.registry().digest());
    }

    private Snapshots.Cut.Done cut(Path target) throws Exception {
        try (var lost = TestGroup.three(root.resolve("lost"))) {
            lost.set("ads", 3);
            var follower = lost.follower();
            lost.settle();
            var cut = (Snapshots.Cut.Done)
                    Wait.forIt(follower.member().snapshots().cut(target));
            lost.set("ads", 7);
            return cut;
        }
    }

    @Test
    void membersThatWaitBecomeTheGroupOfABackupWithOneDigestAndGoOnAfterARestart() throws Exception {
        var files = root.resolve("files");
        var cut = cut(files);
        try (var fresh = new TestGroup(root.resolve("fresh"), 3, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            fresh.openAll();
            var plan = plan(fresh, cut, 2);
            var digests = new TreeSet<Long>();
            for (var place : fresh.places) {
                var restoring = place.member().restoring();
                assertThat(Wait.forIt(restoring.found(plan))).isInstanceOf(Restoring.Answer.Refused.class);
                var answer = Wait.forIt(restoring.prepare(plan, files));
                assertThat(answer)
                        .isInstanceOfSatisfying(Restoring.Answer.Done.class, done -> digests.add(done.digest()));
                assertThat(place.member().clusterId()).isNull();
            }
            assertThat(digests).hasSize(1).doesNotContain(cut.registry().digest());
            for (var place : fresh.places) {
                assertThat(Wait.forIt(place.member().restoring().found(plan)))
                        .isInstanceOf(Restoring.Answer.Done.class);
            }
            var leader = fresh.leader();
            var cluster = leader.member().registry().cluster();
            assertThat(cluster.clusterId()).isEqualTo("test-cluster");
            assertThat(cluster.epoch()).isEqualTo(2);
            assertThat(cluster.epochId()).isEqualTo(77);
            assertThat(leader.member().registry().weight("ads")).isEqualTo(Weight.of("ads", 3));
            fresh.set("more", 2);
            fresh.settle();
            for (var place : fresh.places) {
                fresh.drop(place);
            }
            fresh.openAll();
            assertThat(fresh.leader().member().registry().weight("more")).isEqualTo(Weight.of("more", 2));
            assertThat(Wait.forIt(fresh.places.getFirst().member().restoring().found(plan)))
                    .isInstanceOf(Restoring.Answer.Done.class);
            assertThat(Wait.forIt(fresh.places.getFirst().member().restoring().prepare(plan(fresh, cut, 3), files)))
                    .isInstanceOfSatisfying(
                            Restoring.Answer.Refused.class,
                            refused -> assertThat(refused.why()).contains("belongs to cluster", "nothing was changed"));
        }
    }

    @Test
    void aBackupThatDoesNotFitItsPlanChangesNothing() throws Exception {
        var files = root.resolve("files");
        var cut = cut(files);
        try (var fresh = new TestGroup(root.resolve("fresh"), 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            fresh.openAll();
            var good = plan(fresh, cut, 2);
            var restoring = fresh.places.getFirst().member().restoring();
            var wrong = List.of(
                    new Restoring.Plan(
                            good.groupId(), good.founders(), 2, 77, good.term(), good.index(), good.digest() + 1),
                    new Restoring.Plan(
                            good.groupId(), good.founders(), 2, 77, good.term(), good.index() + 1, good.digest()),
                    new Restoring.Plan(
                            good.groupId(), good.founders(), 1, 77, good.term(), good.index(), good.digest()),
                    new Restoring.Plan("no uuid", good.founders(), 2, 77, good.term(), good.index(), good.digest()),
                    new Restoring.Plan(good.groupId(), List.of(), 2, 77, good.term(), good.index(), good.digest()));
            for (var plan : wrong) {
                assertThat(Wait.forIt(restoring.prepare(plan, files))).isInstanceOf(Restoring.Answer.Refused.class);
                assertThat(Wait.forIt(restoring.found(plan))).isInstanceOf(Restoring.Answer.Refused.class);
            }
            assertThat(fresh.places.getFirst().member().clusterId()).isNull();
        }
    }

    @Test
    void aMemberKilledBetweenItsIdentityAndTheRenameFinishesAtTheNextStart() throws Exception {
        var files = root.resolve("files");
        var cut = cut(files);
        try (var fresh = new TestGroup(root.resolve("fresh"), 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            fresh.openAll();
            var place = fresh.places.getFirst();
            var plan = plan(fresh, cut, 2);
            assertThat(Wait.forIt(place.member().restoring().prepare(plan, files)))
                    .isInstanceOf(Restoring.Answer.Done.class);
            fresh.drop(place);
            var file = new IdentityFile(place.dir);
            var identity = file.readOrMake(List.of());
            file.write(identity.restoring("test-cluster", plan.groupId(), plan.founders()));
            fresh.open(place);
            assertThat(fresh.leader().member().registry().cluster().epoch()).isEqualTo(2);
            assertThat(place.member().groupId()).isEqualTo(plan.groupId());
        }
    }

    @Test
    void theSurvivorAppliesWhatIsInItsLogAndBecomesTheOnlyMember() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("ads", 3);
            var survivor = group.follower();
            group.set("ads", 9);
            group.settle();
            for (var place : group.places) {
                group.drop(place);
            }
            // What the database has is thrown away: everything must come out of the log.
            DurableFiles.deleteTree(survivor.dir.resolve("db"));
            DurableFiles.deleteTree(survivor.dir.resolve("raft/" + group.groupId + "/sm"));
            group.open(survivor);
            assertThat(survivor.member().registry().weight("ads")).isNull();
            Wait.until("nobody leads", () -> standing(survivor).leader() == null);
            var now = standing(survivor);
            var late = new Recovering.Plan(
                    now.groupId(), UUID.randomUUID().toString(), 88, now.lastTerm(), now.lastIndex() + 1);
            assertThat(Wait.forIt(survivor.member().recovering().recover(late)))
                    .isInstanceOf(Recovering.Answer.Refused.class);
            recover(group, survivor);
            var leader = group.leader();
            assertThat(leader).isEqualTo(survivor);
            var registry = leader.member().registry();
            assertThat(registry.weight("ads")).isEqualTo(Weight.of("ads", 9));
            assertThat(registry.cluster().epoch()).isEqualTo(2);
            assertThat(registry.cluster().epochId()).isEqualTo(88);
            assertThat(survivor.member().cluster().status().members()).hasSize(1);
            assertThat(Files.exists(survivor.dir.resolve("recovery"))).isFalse();
            group.drop(survivor);
            group.open(survivor);
            assertThat(group.leader().member().registry().cluster().epoch()).isEqualTo(2);
        }
    }

    /**
     * The survivor takes an entry and says so; with that it is acknowledged. The word that it is committed never
     * reaches it.
     */
    @Test
    void whatTheSurvivorAcknowledgedWithALostMemberIsThereThoughItNeverHeardThatItWasCommitted() throws Exception {
        var patient = new RatisSettings.Elections(Duration.ofSeconds(60), Duration.ofSeconds(70), false);
        var held = new AtomicLong(Long.MAX_VALUE);
        try (var group = TestGroup.three(root, patient, RatisSettings.SnapshotRules.DEFAULT)) {
            group.set("ads", 3);
            group.settle();
            var leader = group.leader();
            var survivor = group.follower();
            group.drop(group.places.stream()
                    .filter(place -> place != leader && place != survivor)
                    .findFirst()
                    .orElseThrow());
            CodeInjectionForTesting.put(
                    APPEND, (local, remote, args) -> isHeldBack((AppendEntriesRequestProto) args[1], held));

            assertThat(group.set("held", 9).outcome()).isInstanceOf(Outcome.Accepted.class);

            assertThat(standing(survivor).lastIndex()).isGreaterThanOrEqualTo(held.get());
            assertThat(standing(survivor).commitIndex()).isLessThan(held.get());
            assertThat(survivor.member().registry().weight("held")).isNull();
            group.drop(leader);
            group.drop(survivor);
            group.open(survivor);
            assertThat(standing(survivor).commitIndex()).isLessThan(held.get());
            assertThat(survivor.member().registry().weight("held")).isNull();
            recover(group, survivor);
            var registry = group.leader().member().registry();
            assertThat(registry.weight("held")).isEqualTo(Weight.of("held", 9));
            assertThat(registry.weight("ads")).isEqualTo(Weight.of("ads", 3));
        } finally {
            CodeInjectionForTesting.remove(APPEND);
        }
    }

    /** Lets the entry that sets the weight `held` pass, and nothing that says that it is committed. */
    private static boolean isHeldBack(AppendEntriesRequestProto request, AtomicLong held) {
        for (var entry : request.getEntriesList()) {
            if (entry.getStateMachineLogEntry().getLogData().toStringUtf8().contains("held")) {
                held.set(entry.getIndex());
            }
        }
        if (request.getLeaderCommit() >= held.get()) {
            throw new IllegalStateException("held back");
        }
        return false;
    }

    private static void recover(TestGroup group, TestGroup.Place survivor) throws Exception {
        var now = standing(survivor);
        var plan =
                new Recovering.Plan(now.groupId(), UUID.randomUUID().toString(), 88, now.lastTerm(), now.lastIndex());
        assertThat(Wait.forIt(survivor.member().recovering().recover(plan)))
                .isEqualTo(new Recovering.Answer.Accepted());
        Wait.until("the end", () -> survivor.recorder.ends.toString().contains(Halt.Code.CONSENSUS_CLOSED.name()));
        group.drop(survivor);
        group.open(survivor);
    }

    private static Recovering.Standing standing(TestGroup.Place place) {
        return java.util.Objects.requireNonNull(place.member().recovering().standing());
    }
}
