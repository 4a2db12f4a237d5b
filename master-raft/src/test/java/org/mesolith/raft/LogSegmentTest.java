package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the log is kept behind a snapshot. */
final class LogSegmentTest {
    @TempDir
    Path dir;

    private List<LogSegment> segments;

    @BeforeEach
    void threeSegmentsOfAThousandBytes() throws Exception {
        for (var name : List.of("log_0-99", "log_100-199", "log_inprogress_200", "raft-meta", "log_inprogress_x")) {
            Files.write(dir.resolve(name), new byte[1_000]);
        }
        segments = LogSegment.list(dir);
    }

    private static RatisSettings.SnapshotRules keep(long entries, long bytes) {
        return new RatisSettings.SnapshotRules(1, 1, Duration.ofHours(1), entries, bytes);
    }

    @Test
    void segmentsAreListedOldestFirstAndOtherFilesAreNot() {
        assertThat(segments).extracting(LogSegment::first).containsExactly(0L, 100L, 200L);
        assertThat(segments.getLast().open()).isTrue();
    }

    @Test
    void entriesBehindTheSnapshotAreKeptWhileTheyTakeFewBytes() {
        assertThat(LogSegment.purgeable(segments, 250, keep(0, 1L << 30))).isEqualTo(250);
        assertThat(LogSegment.purgeable(segments, 250, keep(100, 1L << 30))).isEqualTo(150);
        assertThat(LogSegment.purgeable(segments, 50, keep(100, 1L << 30))).isEqualTo(-1);
    }

    @Test
    void theBytesKeptAreBounded() {
        assertThat(LogSegment.purgeable(segments, 250, keep(1_000, 2_500))).isEqualTo(99);
        assertThat(LogSegment.purgeable(segments, 250, keep(1_000, 1_500))).isEqualTo(199);
        assertThat(LogSegment.purgeable(segments, 150, keep(1_000, 1_500))).isEqualTo(150);
    }

    @Test
    void bytesSinceTheSnapshotAreThoseOfSegmentsThatReachBeyondIt() {
        assertThat(LogSegment.bytesAfter(segments, -1)).isEqualTo(3_000);
        assertThat(LogSegment.bytesAfter(segments, 99)).isEqualTo(2_000);
        assertThat(LogSegment.bytesAfter(segments, 500)).isEqualTo(1_000);
    }
}
