package org.mesolith.agent.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files whose content and name are on disk when a method returns. */
final class DurableFiles {
    private DurableFiles() {}

    /** Puts a file in place as a whole. */
    static void replace(Path file, byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAt(channel, 0, content);
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(file);
    }

    static void writeAt(FileChannel channel, long at, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        for (long to = at; left.hasRemaining(); ) {
            to += channel.write(left, to);
        }
    }

    /** Makes the names in the directory of this file durable. */
    static void syncDirectory(Path file) throws IOException {
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
