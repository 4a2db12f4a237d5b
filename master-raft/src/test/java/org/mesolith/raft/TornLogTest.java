package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mesolith.raft.SegmentFiles.sectorUp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Halt;

/** The rule for each kind of damage; {@code TornLogRestartTest} starts real members on such logs. */
final class TornLogTest {
    private static final long SEED = Long.getLong("seed", 7);
    private static final int[] SIZES = {300, 40, 2_000, 90, 5_000, 700};

    @TempDir
    Path dir;

    private Path open() {
        return dir.resolve("log_inprogress_10");
    }

    private List<Long> newest() throws Exception {
        SegmentFiles.write(dir.resolve("log_0-9"), 1, 0, SEED, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50);
        return SegmentFiles.write(open(), 2, 10, SEED, SIZES);
    }

    @Test
    void anEmptyDirectoryIsAnEmptyLog() throws Exception {
        assertThat(TornLog.check(dir.resolve("absent"))).isEqualTo(TornLog.Report.EMPTY);
        assertThat(TornLog.check(dir)).isEqualTo(TornLog.Report.EMPTY);
    }

    @Test
    void aWholeLogIsLeftAlone() throws Exception {
        newest();
        var before = SegmentFiles.bytes(open());

        var report = TornLog.check(dir);

        assertThat(report).isEqualTo(new TornLog.Report(0, 15, 0, ""));
        assertThat(SegmentFiles.bytes(open())).isEqualTo(before);
    }

    @Test
    void aSegmentJustMadeWithoutHeaderOrRecordsIsLeftToRatis() throws Exception {
        newest();
        SegmentFiles.zero(open(), 0, Files.size(open()));
        assertThat(TornLog.check(dir)).isEqualTo(new TornLog.Report(0, 9, 0, ""));
        SegmentFiles.truncate(open(), 0);
        assertThat(TornLog.check(dir)).isEqualTo(new TornLog.Report(0, 9, 0, ""));
    }

    @Test
    void aHoleAtTheStartOfTheSegmentCutsAllOfIt() throws Exception {
        newest();
        SegmentFiles.zero(open(), 0, 512);

        var report = TornLog.check(dir);

        assertThat(report.lastIndex()).isEqualTo(9);
        assertThat(report.warning()).contains("hole of zeros").contains("never acknowledged");
        assertThat(open()).doesNotExist();
    }

    @Test
    void aHoleWhereTheFirstRecordShouldStandCutsAllOfThem() throws Exception {
        newest();
        SegmentFiles.zero(open(), 8, 512);

        var report = TornLog.check(dir);

        assertThat(report.lastIndex()).isEqualTo(9);
        assertThat(open()).doesNotExist();
    }

    @Test
    void aHoleInTheMiddleOfARecordCutsItAndTheWholeRecordsThatFollow() throws Exception {
        var starts = newest();
        long hole = sectorUp(starts.get(2) + 1);
        SegmentFiles.zero(open(), hole, hole + 512);

        var report = TornLog.check(dir);

        assertThat(report.lastIndex()).isEqualTo(11);
        assertThat(Files.size(open())).isEqualTo(starts.get(2));
        assertThat(TornLog.check(dir)).isEqualTo(new TornLog.Report(0, 11, 0, ""));
    }

    @Test
    void aHoleInPlaceOfRecordsCutsThereThoughWholeRecordsFollow() throws Exception {
        var starts = newest();
        SegmentFiles.zero(open(), starts.get(1), starts.get(4));

        var report = TornLog.check(dir);

        assertThat(report.lastIndex()).isEqualTo(10);
        assertThat(Files.size(open())).isEqualTo(starts.get(1));
        assertThat(report.warning()).contains("in place of a record");
    }

    @Test
    void aHoleAtTheEndOfTheLastRecordCutsIt() throws Exception {
        var starts = newest();
        long end = starts.getLast();
        SegmentFiles.zero(open(), end - end % 512, sectorUp(end));

        var report = TornLog.check(dir);

        assertThat(report.lastIndex()).isEqualTo(14);
        assertThat(Files.size(open())).isEqualTo(starts.get(5));
    }

    @Test
    void aRecordThatTheFileIsTooShortForIsCut() throws Exception {
        var starts = newest();
        for (long length = starts.get(6) - 1; length > starts.get(5); length -= 37) {
            SegmentFiles.truncate(open(), length);

            var report = TornLog.check(dir);

            assertThat(report.lastIndex()).isEqualTo(14);
            assertThat(Files.size(open())).isEqualTo(starts.get(5));
            newest();
        }
    }

    @Test
    void aFlippedBitAnywhereInARecordRefusesToStart() throws Exception {
        var random = new Random(SEED);
        var starts = newest();
        for (int trial = 0; trial < 200; trial++) {
            long at = 8L + random.nextInt((int) (starts.getLast() - 8));
            int bit = random.nextInt(8);
            SegmentFiles.flipBit(open(), at, bit);

            assertThatThrownBy(() -> TornLog.check(dir))
                    .as("seed %d, byte %d, bit %d", SEED, at, bit)
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Halt.Code.CORRUPT_DATA))
                    .hasMessageContaining("log_inprogress_10")
                    .hasMessageContaining("Replace this one");
            SegmentFiles.flipBit(open(), at, bit);
        }
        assertThat(TornLog.check(dir).bytesCut()).isZero();
    }

    @Test
    void aHoleInAnOlderSegmentRefusesToStart() throws Exception {
        newest();
        SegmentFiles.zero(dir.resolve("log_0-9"), 512, 1024);

        assertThatThrownBy(() -> TornLog.check(dir))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("log_0-9")
                .hasMessageContaining("synced as a whole");
    }

    @Test
    void aSegmentThatWasClosedUnderANameTheDiskForgotGetsItAgain() throws Exception {
        newest();
        SegmentFiles.write(dir.resolve("log_inprogress_16"), 3, 16, SEED, 50);

        assertThat(TornLog.check(dir)).isEqualTo(new TornLog.Report(0, 16, 0, ""));
        assertThat(dir.resolve("log_10-15")).exists();
        assertThat(open()).doesNotExist();
    }

    @Test
    void aMissingSegmentRefusesToStart() throws Exception {
        newest();
        SegmentFiles.write(dir.resolve("log_inprogress_17"), 2, 17, SEED, 50);

        assertThatThrownBy(() -> TornLog.check(dir))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("still open although a newer one exists");

        Files.move(open(), dir.resolve("log_10-15"));
        assertThatThrownBy(() -> TornLog.check(dir))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("starts with entry 17, but the segment before it ends with 15");
    }

    @Test
    void everySectorOfALogThatNeverReachedTheDiskLeavesALogThatStarts() throws Exception {
        var starts = newest();
        for (long sector = 0; sector < starts.getLast(); sector += 512) {
            SegmentFiles.zero(open(), sector, sector + 512);
            long hole = sector;
            long firstHit = starts.stream().filter(start -> start <= hole).count();

            var report = TornLog.check(dir);

            assertThat(report.lastIndex()).as("hole at %d", sector).isBetween(9L, 9 + firstHit);
            assertThat(TornLog.check(dir).warning()).isEmpty();
            newest();
        }
    }
}
