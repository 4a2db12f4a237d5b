package org.mesolith.sim.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same seed comes to the same on every machine. What the seeds of the record come to changes whenever the product
 * does something else or at another moment; is that meant, the record is made anew with {@code -Dupdate=true}.
 */
final class GoldenWorldsTest {
    private static final int SEEDS = 4;
    private static final int ELSEWHERE = 2;
    private static final Path RECORD = Path.of("src/test/resources/worlds.tsv");
    private static final String HEAD = "seed\thash\tevents";

    /** A machine that counts, writes and sorts in its own way, has one processor and another kind of heap. */
    private static final List<String> SURROUNDINGS = List.of(
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.timezone=Pacific/Kiritimati",
            "-Dfile.encoding=ISO-8859-1",
            "-XX:ActiveProcessorCount=1",
            "-XX:+UseParallelGC",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2",
            "-Xmx512m");

    @TempDir
    private Path dir;

    @Test
    void theSeedsOfTheRecordComeToWhatItSays() throws IOException {
        var lines = new ArrayList<>(List.of(HEAD));
        lines.addAll(WorldHashMain.lines(1, SEEDS));
        if (Boolean.getBoolean("update")) {
            Files.write(RECORD, lines);
        }

        assertThat(lines)
                .as("if the product is meant to do something else now, make the record anew:"
                        + " mvn test -pl chaos-tests -am -Dtest=GoldenWorldsTest -Dupdate=true")
                .isEqualTo(Files.readAllLines(RECORD));
    }

    @Test
    void aSeedComesToTheSameTwiceInOneProcess() {
        assertThat(WorldHashMain.lines(1, ELSEWHERE)).isEqualTo(WorldHashMain.lines(1, ELSEWHERE));
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aSeedComesToTheSameInOtherSurroundings() throws IOException, InterruptedException {
        var out = dir.resolve("out");
        var line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path", "")));
        line.addAll(1, SURROUNDINGS);
        line.addAll(List.of(WorldHashMain.class.getName(), "1", Integer.toString(ELSEWHERE)));
        var process = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = process.waitFor(4, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(ended).isTrue();
        assertThat(Files.readAllLines(out, StandardCharsets.UTF_8)).isEqualTo(WorldHashMain.lines(1, ELSEWHERE));
    }
}
