package org.mesolith.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;

/**
 * Keeps a data directory for one process. The operating system gives the lock back when the process ends, however it
 * ends; the file itself stays and names the last holder.
 */
final class DirectoryLock implements AutoCloseable {
    /** Name of the lock file in the data directory. */
    static final String FILE = "LOCK";

    private static final int HOLDER_BYTES_MAX = 64;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws StartRefused when another process, or another master in this one, holds the directory
     */
    static DirectoryLock take(Path dataDir) throws IOException, StartRefused {
        Files.createDirectories(dataDir);
        var file = dataDir.resolve(FILE);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            var holder = readHolder(channel);
            channel.close();
            throw new StartRefused(
                    Halt.Code.DATA_IN_USE,
                    "the data directory " + dataDir + " is in use" + (holder == null ? "" : " by process " + holder)
                            + "; stop that master first, or give this one another --work_dir");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        return new DirectoryLock(channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            // Held by another master of this very process; only tests and the demo do that.
            return false;
        }
    }

    private static @Nullable String readHolder(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(HOLDER_BYTES_MAX);
        int read = channel.read(buffer, 0);
        return read <= 0 ? null : new String(buffer.array(), 0, read, StandardCharsets.US_ASCII).trim();
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
