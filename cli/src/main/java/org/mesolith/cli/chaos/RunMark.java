package org.mesolith.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A file in the directory of a run that says whose it is: while it is there, the run goes on, or its controller died
 * before it could clean up.
 *
 * @param pid of the controller
 * @param start when that process began, so that a later one with its number is not taken for it
 */
public record RunMark(long pid, Instant start) {
    /** The variable of every process of a run that names the directory of the run. */
    public static final String VARIABLE = "MESOLITH_CHAOS_RUN";

    private static final String FILE = "chaos-run";
    private static final int BYTES_MAX = 4_096;

    /** Of this process. */
    static RunMark own() {
        ProcessHandle self = ProcessHandle.current();
        return new RunMark(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Marks a directory. */
    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve(FILE), "pid=" + pid + "\nstart=" + start + "\n");
    }

    /** The mark of a directory; null if it has none, or one that is not ours. */
    public static @Nullable RunMark of(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
                return null;
            }
            var written = new Properties();
            try (var in = Files.newBufferedReader(file)) {
                written.load(in);
            }
            return new RunMark(
                    Long.parseLong(written.getProperty("pid", "")), Instant.parse(written.getProperty("start", "")));
        } catch (IOException | RuntimeException notOurs) {
            return null;
        }
    }

    /** The run is over, and nothing of it is left but files. */
    static void remove(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    /** True while the controller lives. */
    public boolean isAlive() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isPresent()
                && process.get().isAlive()
                && process.get().info().startInstant().orElse(Instant.EPOCH).equals(start);
    }
}
