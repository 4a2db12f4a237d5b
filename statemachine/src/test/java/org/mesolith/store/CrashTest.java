package org.mesolith.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.state.RandomCommands;
import org.mesolith.state.Registry;
import org.mesolith.state.row.Applied;
import org.mesolith.state.rules.StateMachine;

/**
 * A process that writes is killed at its N-th write; what is on the disk then must be the registry of some place in the
 * log at or before that write, whole, and replaying from there must end in the same fingerprint as no crash at all.
 */
final class CrashTest {
    private static final int COMMANDS = 240;
    private static final int KILLS = 8;
    private static final long SECONDS_MAX = 60;

    @TempDir
    Path directory;

    @Test
    void aKilledWriterLeavesAWholeOlderStateFromWhichTheLogLeadsToTheSameEnd() throws Exception {
        long seed = RandomCommands.seed(20_260_301);
        var digests = digests(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            int write = kill * COMMANDS / KILLS - 1;
            var store = directory.resolve("at-" + write);
            assertThat(killedAt(store, seed, write))
                    .as("exit status of a killed process")
                    .isEqualTo(137);
            checkRecovered(store, seed, write, digests);
        }
    }

    private static void checkRecovered(Path directory, long seed, int write, List<Long> digests) {
        try (var store = RocksStore.open(directory)) {
            var loaded = store.load();
            int place = (int) loaded.applied().index();
            assertThat(place).as("place after a kill at write " + write).isBetween(-1, write);
            assertThat(loaded.registry().digest()).as("whole").isEqualTo(digests.get(place + 1));
            var commands = new RandomCommands(seed);
            var registry = Registry.EMPTY;
            for (int index = 0; index < COMMANDS; index++) {
                registry = Writer.step(index > place ? store : null, registry, commands, index);
            }
            assertThat(store.load().registry().digest()).as("after the replay").isEqualTo(digests.getLast());
        }
    }

    /** Fingerprints before the first command and after each. */
    private static List<Long> digests(long seed) {
        var commands = new RandomCommands(seed);
        var registry = Registry.EMPTY;
        var digests = new ArrayList<Long>();
        digests.add(registry.digest());
        for (int index = 0; index < COMMANDS; index++) {
            registry = Writer.step(null, registry, commands, index);
            digests.add(registry.digest());
        }
        return digests;
    }

    private static int killedAt(Path directory, long seed, int write) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString(),
                        Long.toString(seed),
                        Integer.toString(write))
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "output"))
                .start();
        boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ended within " + SECONDS_MAX + " s").isTrue();
        return process.exitValue();
    }

    /**
     * The process that is killed: by itself, with SIGKILL, right after write N, and has flushed now and then (a
     * checkpoint does).
     */
    public static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            var directory = Path.of(arguments[0]);
            var commands = new RandomCommands(Long.parseLong(arguments[1]));
            int last = Integer.parseInt(arguments[2]);
            var store = RocksStore.open(directory);
            var registry = store.load().registry();
            for (int index = 0; index <= last; index++) {
                registry = step(store, registry, commands, index);
                if (index % 37 == 0) {
                    store.checkpoint(directory.resolve("checkpoint-" + index));
                }
            }
            new ProcessBuilder(
                            "kill",
                            "-KILL",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        }

        /** One command; with a store, its changes are written there. */
        static Registry step(@Nullable RocksStore store, Registry registry, RandomCommands commands, int index) {
            var entry = commands.entry(registry, index);
            var step = StateMachine.step(registry, entry);
            if (store != null) {
                store.write(new Applied(entry.term(), index, entry.at()), step.changes());
            }
            return step.after();
        }
    }
}
