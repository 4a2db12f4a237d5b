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
        OsProcess run = start(drill.bug(), drill.command("the-run"));

        assertThat(run.awaitEnd(LONG)).as(run.tail()).isOne();
        assertThat(planted(directory.resolve("the-run"), drill.bug()))
                .as("processes with the bug")
                .isPositive();
        assertThat(run.tail()).contains("FAILED: " + drill.claim());
    }

    /** The line of a seed that does not hold, and which rule it broke. */
    @Tag("nightly")
    @ParameterizedTest
    @EnumSource
    @Timeout(400)
    void aPlantedBugIsFoundInSimulatedClusters(SimulatedDrill drill) throws IOException {
        OsProcess run = start(drill.bug(), drill.command());

        assertThat(run.awaitEnd(LONG)).as(run.tail()).isOne();
        try (var lines = Files.lines(directory.resolve("log"))) {
            assertThat(lines.filter(line -> line.startsWith("FAIL seed ")))
                    .as(run.tail())
                    .anyMatch(line -> line.contains(drill.words()));
        }
    }

    private OsProcess start(PlantedBug bug, String[] words) throws IOException {
        Path jar = directory.resolve("planted.jar");
        PlantedJar.write(jar);
        return OsProcess.start(
                "planted",
                Installation.current().command(words),
                // A JVM that changes classes while it loads them has no use for a start-up cache.
                Map.of("MESO_JAVA_OPTS", "-javaagent:" + jar + "=" + bug.word(), "MESO_CACHE", "off"),
                directory,
                directory.resolve("log"));
    }

    /** In how many logs of processes it is said that the bug was planted. */
    private static long planted(Path run, PlantedBug bug) throws IOException {
        try (var files = Files.walk(run.resolve("cluster"), 2)) {
            return files.filter(file -> isLog(file.getFileName().toString()))
                    .filter(file -> says(file, PlantedBugs.SAID + bug.word()))
                    .count();
        }
    }

    /** Those of restored clusters lie beside the others' directories. */
    private static boolean isLog(String name) {
        return name.equals("log") || (name.startsWith("restored-") && name.endsWith(".log"));
    }

    private static boolean says(Path log, String words) {
        try (var lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.startsWith(words));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
