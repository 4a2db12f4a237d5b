package org.mesolith.process.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Commands of the machine: which there are, and running one to its end. Any thread. */
final class Tool {
    private static final Duration RUN_MAX = Duration.ofSeconds(60);
    private static final int SAID_BYTES_MAX = 16 * 1024;

    private Tool() {}

    /** True if there is an executable of this name on the search path, or where administrators have theirs. */
    static boolean exists(String name) {
        return find(name).isPresent();
    }

    /** Where it is. Fails if it is nowhere. */
    static Path path(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("there is no `" + name + "` here"));
    }

    private static Optional<Path> find(String name) {
        String path = System.getenv("PATH");
        return Stream.concat(Stream.of((path == null ? "" : path).split(":")), Stream.of("/usr/sbin", "/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** True if this process is root's. */
    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return false;
        }
    }

    /**
     * Runs a command to its end; returns what it said.
     *
     * @throws IllegalStateException with what it said, when it ends with another status than 0 or not in a minute
     */
    static String run(String... command) {
        String line = String.join(" ", command);
        try {
            Path log = Files.createTempFile("mesolith-tool", ".log");
            try {
                var words = new ArrayList<>(List.of(command));
                find(command[0]).ifPresent(found -> words.set(0, found.toString()));
                var builder = new ProcessBuilder(words)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
                Process process = builder.start();
                if (!process.waitFor(RUN_MAX.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("`" + line + "` did not end in " + RUN_MAX.toSeconds() + " s");
                }
                String said = said(log);
                if (process.exitValue() != 0) {
                    throw new IllegalStateException("`" + line + "` ended with " + process.exitValue() + ": " + said);
                }
                return said;
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("`" + line + "` cannot be run: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while `" + line + "` ran", interrupted);
        }
    }

    private static String said(Path log) throws IOException {
        try (var in = Files.newInputStream(log)) {
            return new String(in.readNBytes(SAID_BYTES_MAX), StandardCharsets.UTF_8).strip();
        }
    }
}
