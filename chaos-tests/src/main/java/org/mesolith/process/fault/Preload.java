package org.mesolith.process.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.mesolith.process.Member;

/**
 * Processes whose clock and disk can be made to lie while they run: a library of ours, compiled here, that is loaded
 * before the C library and does what a file in the process' directory says. The wall clock is shifted or drifts, the
 * monotonic one is left alone, as when an operator or a time service sets the time; a sync takes longer, or fails, and
 * so do writes into files. Needs a C compiler. Any thread.
 */
public final class Preload {
    /** Read by the library at most every 50 ms, relative to the directory in which a process was started. */
    private static final String FILE = "faults";

    private static final String COMPILER = "cc";

    private Preload() {}

    /**
     * What a process is to suffer.
     *
     * @param clockAhead its wall clock is ahead by this from now on, or behind
     * @param driftPerMillion so many parts of a million its wall clock runs too fast, from now on
     * @param syncDelay each sync of a file takes that much longer
     * @param syncsFailPercent so many syncs of a hundred fail
     * @param writesFailPercent so many writes into files of a hundred fail
     */
    public record Trouble(
            Duration clockAhead,
            long driftPerMillion,
            Duration syncDelay,
            int syncsFailPercent,
            int writesFailPercent) {

        /** Everything is as it should be. */
        public static final Trouble NONE = new Trouble(Duration.ZERO, 0, Duration.ZERO, 0, 0);

        /** A wall clock that is wrong. */
        public static Trouble clock(Duration ahead, long driftPerMillion) {
            return new Trouble(ahead, driftPerMillion, Duration.ZERO, 0, 0);
        }

        /** A disk that is slow. */
        public static Trouble slowDisk(Duration syncDelay) {
            return new Trouble(Duration.ZERO, 0, syncDelay, 0, 0);
        }

        /** A disk that fails. */
        public static Trouble failingDisk(int syncsPercent, int writesPercent) {
            return new Trouble(Duration.ZERO, 0, Duration.ZERO, syncsPercent, writesPercent);
        }
    }

    /** Why the library cannot be made here; else the empty text. */
    public static String unmet() {
        return Tool.exists(COMPILER)
                ? ""
                : "no C compiler (`cc`) is installed, with which to make a library to preload";
    }

    /**
     * Makes the library in this directory.
     *
     * @return the environment of processes that are to have it
     * @throws IllegalStateException with what the compiler said
     */
    public static Map<String, String> prepare(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path source = directory.resolve("faults.c");
        Path library = directory.toAbsolutePath().normalize().resolve("faults.so");
        try (InputStream in = Objects.requireNonNull(Preload.class.getResourceAsStream("faults.c"))) {
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Tool.run(COMPILER, "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl", "-lpthread");
        return Map.of("LD_PRELOAD", library.toString());
    }

    /** From now on this process, which was started with the library, suffers this; also in its later lives. */
    public static void set(Member member, Trouble trouble) {
        set(member.directory(), trouble);
    }

    /** The same for a process that was started in this directory. */
    static void set(Path directory, Trouble trouble) {
        String line = String.format(
                Locale.ROOT,
                "%d %d %d %d %d %d%n",
                trouble.clockAhead().toMillis(),
                trouble.driftPerMillion(),
                System.nanoTime() / 1_000_000, // The monotonic clock, which is the same for all processes.
                trouble.syncDelay().toMillis(),
                trouble.syncsFailPercent(),
                trouble.writesFailPercent());
        try {
            Path next = directory.resolve(FILE + ".next");
            Files.writeString(next, line, StandardCharsets.US_ASCII);
            Files.move(next, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot write the faults of the process in " + directory, failed);
        }
    }
}
