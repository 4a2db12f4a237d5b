package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;
import org.mesolith.log.Barrier;
import org.mesolith.log.Proposal;
import org.mesolith.log.Proposed;
import org.mesolith.model.Quota;
import org.mesolith.state.QuotaCommand;

/** A member whose disk fills up; the limits are moved instead of the disk. */
final class FullDiskTest {
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final RatisSettings.DiskRules SHORT = new RatisSettings.DiskRules(0, Long.MAX_VALUE, 0, OFTEN);
    private static final RatisSettings.DiskRules EXHAUSTED = new RatisSettings.DiskRules(1_000, 0, 1_000, OFTEN);

    @TempDir
    Path root;

    @Test
    void aDiskThatIsShortRefusesCommandsButNotReads() throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.disk = SHORT;
            group.openAll();
            group.bootstrap();
            var leader = group.leader();
            Wait.until("measured", () -> leader.member().metrics().freeBytes() >= 0);

            assertThat(Wait.forIt(leader.member().log().propose(TestGroup.weight(leader.recorder.readyTerm, "x", 1))))
                    .isInstanceOfSatisfying(
                            Proposed.NoSpace.class,
                            refused -> assertThat(refused.why())
                                    .contains("MB free of")
                                    .contains("free some space"));
            assertThat(Wait.forIt(leader.member().log().barrier())).isInstanceOf(Barrier.Reached.class);
        }
    }

    @Test
    void aDiskThatIsShortStillTakesWhatGivesBack() throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.disk = SHORT;
            group.openAll();
            group.bootstrap();
            var leader = group.leader();
            Wait.until("measured", () -> leader.member().metrics().freeBytes() >= 0);
            var like = TestGroup.weight(leader.recorder.readyTerm, "x", 1);

            var removal = new Proposal(like.envelope(), new QuotaCommand.UpdateQuotas(List.of(Quota.none("x")), false));

            assertThat(Wait.forIt(leader.member().log().propose(removal))).isInstanceOf(Proposed.Decided.class);
        }
    }

    @Test
    void roomForTheLastVoteIsTakenWhileThereIsPlentyAndGivenBackAtOnce() throws Exception {
        var ballast = new Ballast(root);
        var file = root.resolve("ballast");

        ballast.lay();
        ballast.lay();
        assertThat(Files.size(file)).isEqualTo(1 << 20);
        Files.write(file, new byte[10]);
        ballast.lay();
        assertThat(Files.size(file)).isEqualTo(1 << 20);
        ballast.drop();
        ballast.drop();
        assertThat(file).doesNotExist();
    }

    @Test
    void aMemberWithRoomTakesIt() throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.openAll();
            var file = group.places.getFirst().dir.resolve("ballast");

            Wait.until("the room is taken", () -> Files.exists(file));
        }
    }

    @Test
    void aDiskThatIsExhaustedEndsTheProcessAndKeepsItFromStarting() throws Exception {
        try (var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT)) {
            group.openAll();
            group.bootstrap();
            group.set("x", 1);
            var place = group.places.getFirst();
            group.drop(place);
            group.disk = EXHAUSTED;

            assertThatThrownBy(() -> group.open(place))
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Halt.Code.STORAGE));
        }
    }
}
