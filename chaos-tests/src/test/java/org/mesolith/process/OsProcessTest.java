package org.mesolith.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OsProcessTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void aKilledProcessIsGoneWithItsSignal() {
        OsProcess process = start("sleep 60");
        process.kill();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitStatus()).isEqualTo(128 + 9);
    }

    @Test
    void aPausedProcessLivesAndGoesOnWhenResumed() throws IOException {
        Path file = directory.resolve("ticks");
        OsProcess process = start("while :; do echo x >> " + file + "; sleep 0.02; done");
        Waiting.until("the first tick", LONG, () -> Files.exists(file) ? "" : "no file");
        process.pause();
        Waiting.until("the pause", LONG, () -> stateOf(process.pid()).equals("T") ? "" : stateOf(process.pid()));
        long before = Files.size(file);
        assertThat(process.isAlive()).isTrue();
        process.resume();
        Waiting.until("another tick", LONG, () -> sizeOf(file) > before ? "" : "no tick");
        process.kill();
    }

    @Test
    void theOutputOfAProcessThatEndedIsInItsLog() {
        OsProcess process = start("echo hello; exit 3");
        assertThat(process.awaitEnd(LONG)).isEqualTo(3);
        assertThat(process.tail()).contains("hello");
    }

    @Test
    void aProcessThatIgnoresTermIsKilledAfterItsGrace() {
        OsProcess process = start("trap '' TERM; echo ready; while :; do sleep 0.1; done");
        Waiting.until("the trap", LONG, () -> process.tail().contains("ready") ? "" : "no output");
        assertThat(process.stop(Duration.ofMillis(200))).isEqualTo(128 + 9);
    }

    @Test
    void waitingInVainSaysWhatIsMissing() {
        assertThatThrownBy(() -> Waiting.until("rain", Duration.ofMillis(30), () -> "no cloud"))
                .hasMessageContaining("rain")
                .hasMessageContaining("no cloud");
    }

    @Test
    void whatWorksBelowADirectoryIsFoundAndKilledEvenInASessionOfItsOwn() {
        OsProcess shell = OsProcess.start(
                "shell",
                List.of("sh", "-c", "setsid sleep 61 & cd /; exec sleep 62"),
                Map.of("MARK", directory.toString()),
                directory,
                directory.resolve("log"));
        Waiting.until("both", LONG, () -> Leftovers.below(directory).size() >= 2 ? "" : "not yet");
        assertThat(Leftovers.killBelow(directory)).isGreaterThanOrEqualTo(2);
        assertThat(shell.awaitEnd(LONG)).isEqualTo(128 + 9);
    }

    @Test
    void freePortsAreDifferentAndBelowTheEphemeralRange() {
        long seed = Long.getLong("seed", 7);
        var ports = new FreePorts(new SplittableRandom(seed));
        var given = new LinkedHashSet<Integer>();
        for (int count = 0; count < 50; count++) {
            given.add(ports.next());
        }
        assertThat(given).as("seed %d", seed).hasSize(50).allMatch(port -> port >= 10_000 && port < 32_768);
    }

    private OsProcess start(String script) {
        return OsProcess.start("shell", List.of("sh", "-c", script), Map.of(), directory, directory.resolve("log"));
    }

    private static String stateOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
        } catch (IOException gone) {
            return "gone";
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
