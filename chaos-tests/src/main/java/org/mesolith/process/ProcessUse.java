package org.mesolith.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a process of a cluster takes of the machine, as the kernel says. Any thread. */
public final class ProcessUse {
    private static final Duration COLLECT_MAX = Duration.ofMinutes(1);

    private ProcessUse() {}

    /** Processor time since its start. */
    public static Duration processor(Member member) {
        return ProcessHandle.of(member.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /**
     * Resident memory in bytes, heap and all else, after a full collection of its heap. The collection is asked for
     * with the {@code jcmd} of the Java that runs this. Fails with {@link IllegalStateException}, saying why.
     */
    public static long memory(Member member) {
        long pid = member.process().pid();
        var jcmd = Path.of(System.getProperty("java.home", ""), "bin", "jcmd");
        try {
            var collect = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!collect.waitFor(COLLECT_MAX.toSeconds(), TimeUnit.SECONDS) || collect.exitValue() != 0) {
                collect.destroyForcibly();
                throw new IllegalStateException(jcmd + " did not collect the heap of process " + pid);
            }
            return status(pid, "VmRSS:") * 1024;
        } catch (IOException broken) {
            throw new IllegalStateException(
                    "the memory of process " + pid + " cannot be measured: " + broken.getMessage()
                            + "; a JDK is needed, with " + jcmd,
                    broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Its threads. */
    public static long threads(Member member) throws IOException {
        return status(member.process().pid(), "Threads:");
    }

    /** Files, connections and all else that it holds open. */
    public static long handles(Member member) throws IOException {
        try (var open =
                Files.list(Path.of("/proc", Long.toString(member.process().pid()), "fd"))) {
            return open.count();
        }
    }

    /** Bytes of the files below its directory, as long as they are; what is removed meanwhile does not count. */
    public static long files(Member member) throws IOException {
        return bytes(member.directory());
    }

    private static long bytes(Path directory) throws IOException {
        long bytes = 0;
        try (var inside = Files.newDirectoryStream(directory)) {
            for (var file : inside) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    bytes += bytes(file);
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    bytes += sizeOrNothing(file);
                }
            }
        } catch (NoSuchFileException removed) {
            return 0;
        }
        return bytes;
    }

    private static long sizeOrNothing(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException removed) {
            return 0;
        }
    }

    private static long status(long pid, String name) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("the kernel does not say " + name + " of process " + pid);
    }
}
