package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.DurableFiles;
import org.mesolith.log.Snapshots;

/** Members that were away too long, or lost their disk. */
final class SnapshotInstallTest {
    /** Nothing is kept behind a snapshot, so that whoever was away needs one. */
    private static final RatisSettings.SnapshotRules STINGY =
            new RatisSettings.SnapshotRules(1_000_000, 1L << 40, Duration.ofDays(1), 0, 0);

    @TempDir
    Path root;

    @Test
    void aFollowerThatWasAwayTooLongTakesOverASnapshot() throws Exception {
        try (var group = TestGroup.three(root, TestGroup.FAST, STINGY)) {
            group.set("before", 2);
            group.settle();
            var away = group.follower();
            group.drop(away);
            for (int number = 0; number < 50; number++) {
                group.set("role" + number, 1 + number);
            }
            // Another term begins another segment: only whole ones are thrown away.
            Wait.forIt(group.leader().member().cluster().transferLeadership(null, Duration.ofSeconds(2)));
            group.set("other-term", 2);
            group.settle();
            for (var place : group.places) {
                if (place.member != null) {
                    assertThat(Wait.forIt(place.member().snapshots().take())).isInstanceOf(Snapshots.Answer.Done.class);
                }
            }
            group.set("after", 3);
            for (var place : group.places) {
                if (place.member != null) {
                    Wait.until("the old segment is gone", () -> oldestEntry(group, place) > 0);
                }
            }

            group.open(away);
            Wait.until(
                    "the snapshot and what came after",
                    () -> away.member().registry().weight("after") != null);
            group.settle();

            assertThat(away.recorder.replaced).hasPositiveValue();
            assertThat(away.member().registry().digest())
                    .isEqualTo(group.leader().member().registry().digest());
            assertThat(away.recorder.seen.digest())
                    .isEqualTo(away.member().registry().digest());
            assertThat(away.recorder.ends).isEmpty();

            group.drop(away);
            group.open(away);
            group.set("again", 4);
            group.settle();
            assertThat(away.member().registry().digest())
                    .isEqualTo(group.leader().member().registry().digest());
        }
    }

    private static long oldestEntry(TestGroup group, TestGroup.Place place) {
        try {
            var current = group.settings(place).groupDir(group.groupId).resolve("current");
            return LogSegment.list(current).getFirst().first();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void twoWipedMembersCannotEraseTheThird() throws Exception {
        try (var group = TestGroup.three(root)) {
            group.set("precious", 5);
            group.settle();
            for (var place : group.places) {
                group.drop(place);
            }
            var wiped = group.places.get(0);
            var emptied = group.places.get(1);
            var survivor = group.places.get(2);
            DurableFiles.deleteTree(wiped.dir);
            for (var child : DurableFiles.children(emptied.dir)) {
                if (!child.endsWith(IdentityFile.FILE)) {
                    DurableFiles.deleteTree(child);
                }
            }

            group.open(wiped);
            assertThatThrownBy(() -> group.open(emptied))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("could erase the others");
            group.open(survivor);

            // Longer than an election takes: the survivor keeps what it has, and nobody leads.
            Wait.until(
                    "the survivor stands in vain",
                    () -> survivor.member().cluster().status().leader() == null);
            assertThat(survivor.member().registry().weight("precious")).isNotNull();
            assertThat(wiped.member().self().member())
                    .isNotEqualTo(wiped.recorder.leader == null ? "" : wiped.recorder.leader.member());
            assertThat(wiped.ready() || survivor.ready()).isFalse();
        }
    }

    @Test
    void aSnapshotIsListedAndACopyIsMadeOnlyWhereNothingIs() throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, STINGY)) {
            group.openAll();
            group.bootstrap();
            group.set("x", 2);
            var member = group.places.getFirst().member();

            var answer = Wait.forIt(member.snapshots().take());
            assertThat(answer).isInstanceOf(Snapshots.Answer.Done.class);
            var taken = ((Snapshots.Answer.Done) answer).snapshot();
            assertThat(member.snapshots().list()).containsExactly(taken);
            assertThat(member.cluster().status().lastSnapshot()).isEqualTo(taken);

            var target = root.resolve("backup");
            assertThat(Wait.forIt(member.snapshots().cut(target))).isInstanceOf(Snapshots.Cut.Done.class);
            assertThat(Files.exists(target.resolve("CURRENT"))).isTrue();
            assertThat(Wait.forIt(member.snapshots().cut(target))).isInstanceOf(Snapshots.Cut.Failed.class);
        }
    }

    @Test
    void snapshotsAreTakenWhenEnoughWasApplied() throws Exception {
        var often = new RatisSettings.SnapshotRules(20, 1L << 40, Duration.ofDays(1), 5, 1L << 40);
        try (var group = new TestGroup(root, 1, TestGroup.FAST, often)) {
            group.openAll();
            group.bootstrap();
            var member = group.leader().member();
            for (int number = 0; number < 30; number++) {
                group.set("r" + number, 2);
            }
            Wait.until("one is taken", () -> !member.snapshots().list().isEmpty());
            for (int number = 0; number < 30; number++) {
                group.set("s" + number, 2);
            }
            Wait.until("two are kept", () -> member.snapshots().list().size() == 2);
        }
    }
}
