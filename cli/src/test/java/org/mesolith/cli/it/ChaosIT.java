package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.check.Checkers;
import org.mesolith.process.Installation;
import org.mesolith.process.Leftovers;
import org.mesolith.process.OsProcess;
import org.mesolith.process.Waiting;

/** The quick profile, as an operator runs it. Red runs are looked into, never run again until they are green. */
final class ChaosIT {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String ALL_GREEN = Checkers.ALL.size() + " passed, 0 failed";

    @TempDir
    private Path directory;

    @Test
    @Timeout(330)
    void theQuickProfileHoldsEveryClaimAndItsHistoryCanBeCheckedAgain() {
        OsProcess run = meso("run", "chaos", "run", "--profile", "quick", "--seed", "7", "--dir", "the-run");
        assertThat(run.awaitEnd(LONG)).as(run.tail()).isZero();
        assertThat(run.tail()).contains("passed: weights are linearizable", ALL_GREEN);
        assertThat(directory.resolve("the-run").toFile().list()).containsExactly("history.jsonl.gz");
        assertThat(Leftovers.below(directory)).isEmpty();

        OsProcess check = meso("check", "chaos", "check", "the-run/history.jsonl.gz");
        assertThat(check.awaitEnd(LONG)).as(check.tail()).isZero();
        assertThat(check.tail()).contains(ALL_GREEN);
    }

    @Test
    void aRunThatIsInterruptedEndsItsProcessesAndItsHistoryIsNotGreen() {
        OsProcess run = meso("run", "chaos", "run", "--seed", "8", "--dir", "the-run");
        Waiting.until(
                "the first fault",
                LONG,
                () -> run.tail().contains("] fault: ") ? "" : "no fault yet; it says: " + run.tail());
        run.stop(Duration.ofSeconds(30));
        assertThat(Leftovers.below(directory)).isEmpty();

        OsProcess check = meso("check", "chaos", "check", "the-run");
        assertThat(check.awaitEnd(LONG)).as(check.tail()).isOne();
        assertThat(check.tail()).contains("FAILED: the run meant something", "ends before the run did");
    }

    private OsProcess meso(String name, String... arguments) {
        return OsProcess.start(
                name,
                Installation.current().command(arguments),
                Map.of(),
                directory,
                directory.resolveSibling(directory.getFileName() + "-" + name + ".log"));
    }
}
