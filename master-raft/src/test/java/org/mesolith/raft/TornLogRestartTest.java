package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;

/** A real member, a group of its own, starts on a log that a power failure tore. */
final class TornLogRestartTest {
    private static final long SEED = Long.getLong("seed", 11);

    @TempDir
    Path root;

    /** What the power failure did to the records that were being written. */
    enum Tear {
        NOTHING_WRITTEN_BUT_LATER_RECORDS {
            @Override
            void apply(Path file, List<Long> starts) throws Exception {
                SegmentFiles.zero(file, starts.get(0), starts.get(3));
            }
        },
        HOLE_IN_THE_FIRST {
            @Override
            void apply(Path file, List<Long> starts) throws Exception {
                long hole = SegmentFiles.sectorUp(starts.get(0) + 1);
                SegmentFiles.zero(file, hole, hole + SegmentScan.SECTOR);
            }
        },
        HOLE_IN_THE_MIDDLE {
            @Override
            void apply(Path file, List<Long> starts) throws Exception {
                long hole = SegmentFiles.sectorUp(starts.get(2) + 1);
                SegmentFiles.zero(file, hole, hole + SegmentScan.SECTOR);
            }
        },
        HOLE_AT_THE_END {
            @Override
            void apply(Path file, List<Long> starts) throws Exception {
                long end = starts.getLast();
                SegmentFiles.zero(file, end - end % SegmentScan.SECTOR, end);
            }
        },
        FILE_TOO_SHORT {
            @Override
            void apply(Path file, List<Long> starts) throws Exception {
                SegmentFiles.truncate(file, starts.get(4) + 100);
            }
        },
        WHOLE_SEGMENT_GONE {
            @Override
            void apply(Path file, List<Long> starts) throws Exception {
                SegmentFiles.zero(file, 0, SegmentScan.SECTOR);
            }
        };

        abstract void apply(Path file, List<Long> starts) throws Exception;
    }

    private static final int[] UNSYNCED = {1_500, 1_500, 3_000, 80, 2_000};

    /** A group of one with a few weights set, closed. */
    private TestGroup closedGroup() throws Exception {
        var group = new TestGroup(root, 1, TestGroup.FAST, RatisSettings.SnapshotRules.DEFAULT);
        group.openAll();
        group.bootstrap();
        for (int number = 0; number < 10; number++) {
            group.set("role" + number, 1 + number);
        }
        group.drop(group.places.getFirst());
        return group;
    }

    private static LogSegment newestSegment(TestGroup group) throws Exception {
        var dir = group.settings(group.places.getFirst()).groupDir(group.groupId);
        return LogSegment.list(dir.resolve("current")).getLast();
    }

    @Test
    void aTornLogIsCutAndTheMemberGoesOn() throws Exception {
        try (var group = closedGroup()) {
            var place = group.places.getFirst();
            for (var tear : Tear.values()) {
                var newest = newestSegment(group);
                tear.apply(newest.file(), SegmentFiles.append(newest.file(), newest.scan(), SEED, UNSYNCED));

                group.open(place);

                assertThat(place.member().metrics().cutBytes()).as(tear.name()).isPositive();
                group.set("after-" + tear.ordinal(), 3);
                assertThat(place.member().registry().weight("role9")).isNotNull();
                assertThat(place.recorder.ends).as(tear.name()).isEmpty();
                group.drop(place);
            }
        }
    }

    @Test
    void aFlippedBitRefusesToStartAndSaysHowToReplaceTheMember() throws Exception {
        try (var group = closedGroup()) {
            var place = group.places.getFirst();
            var newest = newestSegment(group);
            SegmentFiles.flipBit(newest.file(), newest.scan().goodBytes() / 2, 3);

            assertThatThrownBy(() -> group.open(place))
                    .isInstanceOfSatisfying(
                            StartRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Halt.Code.CORRUPT_DATA))
                    .hasMessageContaining("the Raft log is damaged")
                    .hasMessageContaining("Replace this one");
        }
    }

    @Test
    void anIdentityWithoutItsVotesRefusesToStart() throws Exception {
        try (var group = closedGroup()) {
            var place = group.places.getFirst();
            DurableFiles.deleteTree(group.settings(place).groupDir(group.groupId));

            assertThatThrownBy(() -> group.open(place))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("could erase the others");
        }
    }

    @Test
    void aFormattedStorageUnderAUsedDatabaseRefusesToStart() throws Exception {
        try (var group = closedGroup()) {
            var place = group.places.getFirst();
            var dir = group.settings(place).groupDir(group.groupId);
            DurableFiles.deleteTree(dir.resolve("sm"));
            DurableFiles.deleteTree(dir.resolve("current"));
            java.nio.file.Files.createDirectories(dir.resolve("current"));
            java.nio.file.Files.writeString(dir.resolve("current/raft-meta"), "term=0\nvotedFor=\n");

            assertThatThrownBy(() -> group.open(place))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("knows only term 0");
        }
    }

    @Test
    void aLogThatLostWhatTheDatabaseHasRefusesToStart() throws Exception {
        try (var group = closedGroup()) {
            var place = group.places.getFirst();
            var dir = group.settings(place).groupDir(group.groupId);
            DurableFiles.deleteTree(dir.resolve("sm"));
            var newest = newestSegment(group);
            SegmentFiles.truncate(newest.file(), newest.scan().goodBytes() - 1);

            assertThatThrownBy(() -> group.open(place))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("the disk lost entries that it had synced");
        }
    }
}
