package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.process.Installation;
import org.mesolith.process.OsProcess;

/** A bug is planted into every process of a run: the run must be red, for the reason that is expected. */
final class ChaosDrillIT {
    private static final Duration LONG = Duration.ofMinutes(6);

    @TempDir
    private Path directory;

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource
    @Timeout(400)
    void aPlantedBugIsFound(Drill drill) throws IOException {
        Path jar = directory.resolve("planted.jar");
        PlantedJar.write(jar);

        OsProcess run = OsProcess.start(
                "chaos",
                Installation.current().command(drill.command("the-run")),
                // A JVM that changes classes while it loads them has no use for a start-up cache.
                Map.of("MESO_JAVA_OPTS", "-javaagent:" + jar + "=" + drill.bug().word(), "MESO_CACHE", "off"),
                directory,
                directory.resolve("log"));

        assertThat(run.awaitEnd(LONG)).as(run.tail()).isOne();
        assertThat(planted(directory.resolve("the-run"), drill.bug()))
                .as("processes with the bug")
                .isPositive();
        assertThat(run.tail()).contains("FAILED: " + drill.claim());
    }

    /** In how many logs of processes it is said that the bug was planted. */
    private static long planted(Path run, PlantedBug bug) throws IOException {
        try (var files = Files.walk(run.resolve("cluster"), 2)) {
            return files.filter(file -> file.getFileName().toString().equals("log"))
                    .filter(file -> says(file, PlantedBugs.SAID + bug.word()))
                    .count();
        }
    }

    private static boolean says(Path log, String words) {
        try (var lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.startsWith(words));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
