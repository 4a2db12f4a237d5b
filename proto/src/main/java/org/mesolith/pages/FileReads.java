package org.mesolith.pages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentReply;

/** Reads files that were found, each a bounded part at a time. Any thread; waits for the disk. */
public final class FileReads {
    /** Most that one read gives, bytes: 16 pages. */
    static final int READ_MAX = 64 << 10;

    /** Entries of a directory that are shown. */
    private static final int LIST_MAX = 10_000;

    /** A file that was found; {@code shown} is the name it was asked for by. */
    public record Found(Path real, String shown) {}

    private FileReads() {}

    /** What is in a directory, by name; nothing for a file. */
    public static List<AgentReply.Files.File> list(Found found) throws FileRefusedException {
        if (!Files.isDirectory(found.real())) {
            return List.of();
        }
        var shown = found.shown().replaceAll("/+$", "");
        try (Stream<Path> entries = Files.list(found.real())) {
            return entries.limit(LIST_MAX)
                    .sorted()
                    .map(entry -> describe(entry, shown + "/" + entry.getFileName()))
                    .flatMap(Stream::ofNullable)
                    .toList();
        } catch (IOException unreadable) {
            throw new FileRefusedException(500, "Cannot list '" + found.shown() + "': " + unreadable.getMessage());
        }
    }

    private static AgentReply.Files.@Nullable File describe(Path entry, String shown) {
        try {
            Map<String, Object> all = Files.readAttributes(
                    entry, "unix:nlink,size,lastModifiedTime,mode,owner,group", LinkOption.NOFOLLOW_LINKS);
            return new AgentReply.Files.File(
                    shown,
                    number(all, "nlink").intValue(),
                    number(all, "size").longValue(),
                    all.get("lastModifiedTime") instanceof FileTime time ? time.toInstant() : Instant.EPOCH,
                    number(all, "mode").intValue(),
                    String.valueOf(all.get("owner")),
                    String.valueOf(all.get("group")));
        } catch (IOException vanished) {
            return null;
        }
    }

    private static Number number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number : 0;
    }

    /**
     * Part of a file.
     *
     * @param offset behind the end gives nothing
     */
    public static AgentReply.FilePart read(Found found, long offset, long length) throws FileRefusedException {
        try (var channel = open(found)) {
            long size = channel.size();
            if (offset >= size) {
                return new AgentReply.FilePart(size, new byte[0]);
            }
            var buffer = ByteBuffer.allocate((int) Math.min(Math.min(length, READ_MAX), size - offset));
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer, offset + buffer.position());
            }
            return new AgentReply.FilePart(size, Arrays.copyOf(buffer.array(), buffer.position()));
        } catch (IOException unreadable) {
            throw new FileRefusedException(500, "Cannot read '" + found.shown() + "': " + unreadable.getMessage());
        }
    }

    /** Opens a plain file; a pipe or device could hold the reader for ever. */
    static FileChannel open(Found found) throws FileRefusedException, IOException {
        if (Files.isDirectory(found.real())) {
            throw new FileRefusedException(400, "Cannot read a directory: '" + found.shown() + "'");
        }
        if (!Files.isRegularFile(found.real(), LinkOption.NOFOLLOW_LINKS)) {
            throw new FileRefusedException(400, "Not a plain file: '" + found.shown() + "'");
        }
        return FileChannel.open(found.real(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
