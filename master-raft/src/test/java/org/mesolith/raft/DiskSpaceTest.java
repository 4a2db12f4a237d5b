package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskSpaceTest {
    private static final long GB = 1L << 30;

    @ParameterizedTest(name = "{0} GB of {1} GB free is {2}")
    @CsvSource({
        "500, 1000, PLENTY",
        "51, 1000, PLENTY",
        "49, 1000, SHORT",
        "11, 1000, SHORT",
        "9, 1000, EXHAUSTED",
        "2, 10, PLENTY",
        "1, 10, PLENTY",
        "0, 10, EXHAUSTED"
    })
    void theShareLeftDecides(long free, long total, DiskSpace.Verdict verdict) {
        assertThat(DiskSpace.judge(RatisSettings.DiskRules.DEFAULT, free * GB, total * GB)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void aSmallDiskIsShortBelowAGigabyte() {
        assertThat(DiskSpace.judge(RatisSettings.DiskRules.DEFAULT, GB - 1, 10 * GB)
                        .verdict())
                .isEqualTo(DiskSpace.Verdict.SHORT);
    }

    @Test
    void settingsThatCannotBeAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> new RatisSettings(
                        Path.of("x"),
                        "127.0.0.1",
                        0,
                        "",
                        0,
                        70_000,
                        new RatisSettings.Elections(Duration.ofMillis(1), Duration.ZERO, true),
                        RatisSettings.SnapshotRules.DEFAULT,
                        RatisSettings.DiskRules.DEFAULT,
                        RatisSettings.JournalRules.DEFAULT,
                        Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raft port 0")
                .hasMessageContaining("http port 70000")
                .hasMessageContaining("host")
                .hasMessageContaining("election silence");
    }
}
