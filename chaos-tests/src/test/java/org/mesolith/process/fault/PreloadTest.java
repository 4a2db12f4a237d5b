package org.mesolith.process.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.process.OsProcess;

final class PreloadTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** Syncs a file and writes into it, a hundred times each; says the time, and how often it was refused. */
    private static final String PROGRAM = """
            import java.io.IOException;
            import java.nio.*;
            import java.nio.channels.*;
            import java.nio.file.*;

            public class Program {
                public static void main(String[] a) throws Exception {
                    int syncs = 0, writes = 0;
                    long start = System.nanoTime();
                    var how = new StandardOpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.WRITE};
                    try (var file = FileChannel.open(Path.of("file"), how)) {
                        for (int i = 0; i < 100; i++) {
                            try { file.write(ByteBuffer.wrap(new byte[8]), 0); } catch (IOException e) { writes++; }
                            try { file.force(false); } catch (IOException e) { syncs++; }
                        }
                    }
                    long took = (System.nanoTime() - start) / 1_000_000;
                    System.out.println(System.currentTimeMillis() + " " + took + " " + syncs + " " + writes);
                }
            }
            """;

    @TempDir
    private static Path made;

    private static Map<String, String> environment = Map.of();

    @TempDir
    private Path directory;

    /** What the program said. */
    private record Said(Instant clock, long millis, int syncsFailed, int writesFailed) {}

    @BeforeAll
    static void prepare() throws IOException {
        Machine.needs(Preload.unmet());
        environment = Preload.prepare(made.resolve("library"));
        Path source = Files.writeString(made.resolve("Program.java"), PROGRAM);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
    }

    private Said run() throws IOException {
        Path log = Files.createTempFile(directory, "program", ".log");
        var process = OsProcess.start(
                "program",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        made.toString(),
                        "Program"),
                environment,
                directory,
                log);
        assertThat(process.awaitEnd(LONG)).as(process.tail()).isZero();
        String[] words = process.tail().strip().split(" ");
        return new Said(
                Instant.ofEpochMilli(Long.parseLong(words[0])),
                Long.parseLong(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }

    @Test
    void withoutTroubleEverythingIsAsItIs() throws IOException {
        var said = run();

        assertThat(said.clock())
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(1));
        assertThat(said.syncsFailed() + said.writesFailed()).isZero();
    }

    @Test
    void theWallClockIsAheadOrBehindAndTheOtherOneIsNot() throws IOException {
        Preload.set(directory, Preload.Trouble.clock(Duration.ofHours(2), 0));
        var ahead = run();
        Preload.set(directory, Preload.Trouble.clock(Duration.ofMillis(-3_600_500), 0));
        var behind = run();

        assertThat(Duration.between(Instant.now(), ahead.clock()))
                .isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
        assertThat(Duration.between(Instant.now(), behind.clock()))
                .isBetween(Duration.ofMinutes(-61), Duration.ofHours(-1));
        assertThat(ahead.millis()).isBetween(0L, 60_000L);
    }

    @Test
    void aClockDriftsFromTheMomentAtWhichItWasSet() throws IOException {
        long setNanos = System.nanoTime();
        Preload.set(directory, Preload.Trouble.clock(Duration.ZERO, 999_000_000)); // A thousand times as fast.

        Instant clock = run().clock();

        var ahead = Duration.between(Instant.now(), clock);
        assertThat(ahead).isBetween(Duration.ofSeconds(10), Duration.ofNanos(1_000 * (System.nanoTime() - setNanos)));
    }

    @Test
    void syncsAndWritesOfFilesFailInTheirShareAndTheOutputDoesNot() throws IOException {
        Preload.set(directory, Preload.Trouble.failingDisk(50, 10));

        var said = run();

        assertThat(said.syncsFailed()).isBetween(25, 75);
        assertThat(said.writesFailed()).isBetween(1, 30);
    }

    @Test
    void aSyncTakesLonger() throws IOException {
        Preload.set(directory, Preload.Trouble.slowDisk(Duration.ofMillis(10)));

        assertThat(run().millis()).isGreaterThan(1_000);
    }

    @Test
    void whatIsSetMeanwhileIsSoonSeenByAProcessThatRuns() throws IOException {
        var clock = OsProcess.start(
                "clock",
                List.of("sh", "-c", "while :; do date +%s; sleep 0.1; done"),
                environment,
                directory,
                directory.resolve("clock.log"));
        try {
            Preload.set(directory, Preload.Trouble.clock(Duration.ofDays(1), 0));
            var seen = new AtomicInteger();
            org.mesolith.process.Waiting.until("the wrong time", LONG, () -> {
                var lines = new ArrayList<>(List.of(clock.tail().strip().split("\n")));
                long last = Long.parseLong("0" + lines.getLast().strip());
                seen.incrementAndGet();
                return last > Instant.now().getEpochSecond() + 80_000 ? "" : "it says " + last;
            });
            assertThat(seen).hasPositiveValue();
        } finally {
            clock.kill();
        }
    }
}
