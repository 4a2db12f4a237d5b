package org.mesolith.cli.it;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mesolith.process.OsProcess;

/** A file system in memory that is soon full. Needs root. */
final class SmallDisk implements AutoCloseable {

    private static final Duration MOUNT_MAX = Duration.ofSeconds(20);

    private final Path mounted;
    private final Path filler;

    private SmallDisk(Path mounted) {
        this.mounted = mounted;
        this.filler = mounted.resolve("filler");
    }

    /** Mounts one; the test is skipped where that is not allowed. */
    static SmallDisk mount(Path directory, int megabytes) throws IOException {
        Files.createDirectories(directory);
        String said = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", directory.toString());
        if (!said.isEmpty()) {
            throw Needs.missing("a small file system cannot be mounted here (root and tmpfs are needed): " + said);
        }
        return new SmallDisk(directory);
    }

    /** Fills it until only so many bytes are free. */
    void fillUpTo(long bytesFree) throws IOException {
        FileStore store = Files.getFileStore(mounted);
        var block = new byte[4096];
        try (var out = Files.newOutputStream(
                filler, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            while (store.getUsableSpace() > bytesFree) {
                out.write(block);
            }
        } catch (IOException full) {
            if (store.getUsableSpace() > bytesFree) {
                throw full;
            }
        }
    }

    /** Gives back what was filled. */
    void free() throws IOException {
        Files.deleteIfExists(filler);
    }

    long bytes() throws IOException {
        return Files.getFileStore(mounted).getTotalSpace();
    }

    /** Unmounts it, also when something still works there. */
    @Override
    public void close() throws IOException {
        String said = run("umount", "-l", mounted.toString());
        if (!said.isEmpty()) {
            throw new IOException("cannot unmount " + mounted + ": " + said);
        }
    }

    /** What a failed command said; the empty text when all went well. */
    private static String run(String... command) throws IOException {
        Path log = Files.createTempFile("mount", ".log");
        try {
            OsProcess process = OsProcess.start(command[0], List.of(command), Map.of(), Path.of("/"), log);
            int status = process.awaitEnd(MOUNT_MAX);
            return status == 0
                    ? ""
                    : command[0] + " ended with " + status + ": "
                            + process.tail().strip();
        } finally {
            Files.delete(log);
        }
    }
}
