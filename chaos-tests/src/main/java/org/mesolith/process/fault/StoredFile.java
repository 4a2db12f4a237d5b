package org.mesolith.process.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A file below the work directory of a master that is dead, and what a disk can do to it. One thread. */
public record StoredFile(Path file) {

    /** What a file is for. */
    public enum Part {
        /** A segment of the Raft log. */
        LOG,
        /** A file of a snapshot. Live files of the database may be the same ones. */
        SNAPSHOT,
        /** A file of the database with rows. */
        DATABASE
    }

    /**
     * One of the files of this part that hold anything, chosen by these dice; the order does not depend on the machine.
     *
     * @param data the work directory
     * @throws IllegalStateException if there is none: ask {@link #has} before
     */
    public static StoredFile choose(Path data, Part part, Random dice) throws IOException {
        List<Path> files = files(data, part);
        if (files.isEmpty()) {
            throw new IllegalStateException("no file below " + data + " holds anything of the " + part);
        }
        return new StoredFile(files.get(dice.nextInt(files.size())));
    }

    /** True if there is a file of this part. */
    public static boolean has(Path data, Part part) throws IOException {
        return !files(data, part).isEmpty();
    }

    private static List<Path> files(Path data, Part part) throws IOException {
        Path root = data.resolve(part == Part.DATABASE ? "db" : "raft");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && holds(path, part))
                    .sorted()
                    .toList();
        }
    }

    private static boolean holds(Path path, Part part) {
        String name = String.valueOf(path.getFileName());
        boolean fits = switch (part) {
            case LOG -> name.startsWith("log_");
            case SNAPSHOT -> path.toString().contains("/snapshot.") && name.endsWith(".sst");
            case DATABASE -> name.endsWith(".sst");
        };
        return fits && path.toFile().length() > 0;
    }

    /** How many bytes are there; trailing zeros of a file that was laid out ahead do not count. */
    public long bytes() throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "r")) {
            var block = new byte[1 << 16];
            for (long end = raw.length(); end > 0; ) {
                int length = (int) Math.min(block.length, end);
                raw.seek(end - length);
                raw.readFully(block, 0, length);
                for (int at = length - 1; at >= 0; at--) {
                    if (block[at] != 0) {
                        return end - length + at + 1;
                    }
                }
                end -= length;
            }
            return 0;
        }
    }

    /** A bit changes on the disk, long after it was synced; done twice it is as before. */
    public void flipBit(long at) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int old = raw.read();
            raw.seek(at);
            raw.write(old ^ 4);
        }
    }

    /** The end of the file is lost. */
    public void cut(long bytesLeft) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(bytesLeft);
        }
    }

    /** Copies a directory with all that is in it, as a copy of a whole disk does. */
    public static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    /** Removes what is in a directory, not the directory itself: a file system may be mounted there. */
    public static void empty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.toList()) {
                org.mesolith.process.Leftovers.delete(child);
            }
        }
    }
}
