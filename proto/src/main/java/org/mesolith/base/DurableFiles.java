package org.mesolith.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** File operations; what is said to be durable has reached the disk when they return. Any thread. */
public final class DurableFiles {
    private DurableFiles() {}

    /** Replaces the file by these bytes: after a crash either the old or the new content is there, whole. */
    public static void replace(Path file, byte[] content) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeAt(channel, 0, content);
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncParent(file);
    }

    /** Writes all of these bytes there, however many calls it takes. Not durable by itself. */
    public static void writeAt(FileChannel channel, long at, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        for (long to = at; left.hasRemaining(); ) {
            to += channel.write(left, to);
        }
    }

    /** Makes the content of a file durable; of a directory, the creations, renames and removals in it. */
    public static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes the name of this file durable, that is the directory in which it lies. */
    public static void syncParent(Path file) throws IOException {
        sync(parentOf(file));
    }

    /** Makes every file below this directory, and the directories themselves, durable. */
    public static void syncTree(Path directory) throws IOException {
        for (var child : children(directory)) {
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                syncTree(child);
            } else {
                sync(child);
            }
        }
        sync(directory);
    }

    /** Removes the directory and what is in it; nothing happens when it is not there. */
    public static void deleteTree(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            for (var child : children(directory)) {
                deleteTree(child);
            }
        }
        Files.deleteIfExists(directory);
    }

    /** What lies in a directory, sorted by name; empty when there is no such directory. */
    public static List<Path> children(Path directory) throws IOException {
        var found = new ArrayList<Path>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(found::add);
        } catch (java.nio.file.DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        found.sort(null);
        return found;
    }

    /** Bytes of the files directly in this directory. A file that vanishes meanwhile counts nothing. */
    public static long bytesIn(Path directory) throws IOException {
        long sum = 0;
        for (var child : children(directory)) {
            var file = child.toFile();
            sum += file.isFile() ? file.length() : 0;
        }
        return sum;
    }

    private static Path parentOf(Path file) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory");
        }
        return parent;
    }
}
