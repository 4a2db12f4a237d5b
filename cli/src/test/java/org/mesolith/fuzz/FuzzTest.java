package org.mesolith.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gives the fuzzer a bounded number of cases for each target, from what earlier runs found worth keeping. {@code
 * -Dfuzz.runs=N} gives it more; {@code -Dupdate=true} keeps what this run reached anew.
 */
final class FuzzTest {
    private static final int RUNS = Integer.getInteger("fuzz.runs", 3_000);
    private static final long MINUTES_MAX = 60;
    private static final int CASE_BYTES_MAX = 4_096;
    private static final int CASE_SECONDS_MAX = 30;

    /** Below this the classes were not instrumented, or nothing was reached. */
    private static final int BRANCHES_MIN = 20;

    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+)");
    private static final Path KEPT = Path.of(System.getProperty("mesolith.root", "."), "cli/src/test/resources/fuzz");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = MINUTES_MAX + 2, unit = TimeUnit.MINUTES)
    void noBytesHangItBreakItOrAreRefusedWithoutAReason(Target target) throws Exception {
        var corpus = Files.createDirectory(directory.resolve("corpus"));
        var seeds = Files.createDirectory(directory.resolve("seeds"));
        for (var seed : target.seeds()) {
            Files.write(seeds.resolve(Integer.toHexString(java.util.Arrays.hashCode(seed))), seed);
        }
        var kept = KEPT.resolve(target.name().toLowerCase(Locale.ROOT) + ".zip");
        unpack(kept, corpus);

        var said = fuzz(
                target,
                List.of(
                        "-runs=" + RUNS,
                        "-max_len=" + CASE_BYTES_MAX,
                        "-timeout=" + CASE_SECONDS_MAX,
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toString()));

        var done = DONE.matcher(said);
        assertThat(done.find()).as(said).isTrue();
        assertThat(Long.parseLong(done.group(1))).as(said).isGreaterThanOrEqualTo(RUNS);
        assertThat(Integer.parseInt(done.group(2))).as(said).isGreaterThan(BRANCHES_MIN);
        System.out.println("fuzz " + target + ": " + done.group(1) + " cases, " + done.group(2) + " branches");
        if (Boolean.getBoolean("update")) {
            var merged = Files.createDirectory(directory.resolve("merged"));
            fuzz(target, List.of("-merge=1", merged.toString(), corpus.toString(), seeds.toString()));
            pack(merged, kept);
        }
    }

    /** Runs the fuzzer in a process of its own, and returns what it said. */
    private String fuzz(Target target, List<String> arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Dfuzz.target=" + target,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzMain.class.getName(),
                "--instrumentation_includes=org.mesolith.**",
                "--instrumentation_excludes=org.mesolith.proto.gen.**",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-seed=1"));
        command.addAll(arguments);
        var log = directory.resolve("log");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
            var said = Files.readString(log);
            var tail = said.substring(Math.max(0, said.length() - 6_000));
            assertThat(ended).as("the fuzzer did not end: " + tail).isTrue();
            assertThat(process.exitValue()).as(tail).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void unpack(Path zip, Path into) throws IOException {
        if (!Files.exists(zip)) {
            return;
        }
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Files.write(into.resolve(Path.of(entry.getName()).getFileName()), in.readAllBytes());
            }
        }
    }

    private static void pack(Path from, Path zip) throws IOException {
        Files.createDirectories(KEPT);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var files = Files.list(from)) {
            for (var file : files.sorted().toList()) {
                var entry = new ZipEntry(file.getFileName().toString());
                entry.setTime(0);
                out.putNextEntry(entry);
                out.write(Files.readAllBytes(file));
                out.closeEntry();
            }
        }
    }
}
