package org.mesolith.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.EventQueue;

/** How much is logged can be raised for a while, and goes back by itself. */
final class VerbosityTest {
    @TempDir
    private Path dir;

    private final List<Runnable> timers = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Long> heard = new ArrayList<>();

    private final Verbosity verbosity = new Verbosity(
            new EventQueue() {
                @Override
                public Instant now() {
                    return Instant.EPOCH;
                }

                @Override
                public void run(Runnable event) {
                    event.run();
                }

                @Override
                public void runAfter(Duration delay, Runnable event) {
                    delays.add(delay);
                    timers.add(event);
                }
            },
            heard::add);

    @Test
    void itGoesBackWhenTheTimeIsOver() {
        verbosity.set(2, Duration.ofMinutes(5));
        long raised = verbosity.level();
        timers.getFirst().run();

        assertThat(raised).isEqualTo(2);
        assertThat(delays).containsExactly(Duration.ofMinutes(5));
        assertThat(verbosity.level()).isZero();
        assertThat(heard).containsExactly(2L, 0L);
    }

    @Test
    void theEndOfAnEarlierWhileDoesNotEndALaterOne() {
        verbosity.set(1, Duration.ofSeconds(1));
        verbosity.set(3, Duration.ofHours(1));
        timers.getFirst().run();
        long between = verbosity.level();
        timers.getLast().run();

        assertThat(between).isEqualTo(3);
        assertThat(verbosity.level()).isZero();
    }

    @Test
    void itCanBeTakenBackBeforeItsTimeIsOver() {
        verbosity.set(1, Duration.ofHours(1));
        verbosity.set(0, Duration.ofHours(1));
        timers.forEach(Runnable::run);

        assertThat(timers).hasSize(1);
        assertThat(heard).containsExactly(1L, 0L);
    }

    @Test
    void whatMeansNothingIsRefused() {
        assertThatThrownBy(() -> verbosity.set(-1, Duration.ofSeconds(1))).hasMessageContaining("-1");
        assertThatThrownBy(() -> verbosity.set(1, Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> verbosity.set(1, Duration.ofDays(366))).hasMessageContaining("365 days");
    }

    @Test
    void theLogOfTheProcessHoldsMoreWhileItIsRaised() throws IOException {
        ProcessLog.start("WARNING", dir, "it");
        var ours = System.getLogger("org.mesolith.logging.Ours");
        var other = System.getLogger("com.example.Other");
        for (long level = 0; level <= 4; level++) {
            ProcessLog.verbose("WARNING", level % 4);
            ours.log(System.Logger.Level.INFO, "note at " + "abcde".charAt((int) level));
            ours.log(System.Logger.Level.DEBUG, "detail at " + "abcde".charAt((int) level));
            other.log(System.Logger.Level.INFO, "other at " + "abcde".charAt((int) level));
        }

        var lines = Files.readString(ProcessLog.newest(dir, "it"));
        assertThat(lines).contains("note at b", "detail at b", "detail at c", "other at d");
        assertThat(lines).doesNotContain("note at a", "detail at a", "other at a", "other at c", "note at e");
    }
}
