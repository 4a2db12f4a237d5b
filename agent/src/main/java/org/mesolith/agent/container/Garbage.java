package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes sandboxes of tasks that ended long ago, sooner when the disk fills (Mesos: agent garbage collection). */
final class Garbage {
    private static final System.Logger LOG = System.getLogger(Garbage.class.getName());

    /** Parts of a sandbox's path below {@code slaves}. */
    private static final int DEPTH = 7;

    private Garbage() {}

    /**
     * How old a sandbox may get.
     *
     * @param headroomMilli share of the disk to be kept free, in thousandths
     * @param usedMilli share of it that is used
     */
    static Duration ageMax(Duration delay, long headroomMilli, long usedMilli) {
        long share = Math.max(0, 1_000 - headroomMilli - usedMilli);
        return delay.multipliedBy(share).dividedBy(1_000);
    }

    /**
     * Removes what is older.
     *
     * @param live containers whose sandboxes stay, whatever their age
     */
    static void collect(Path workDir, Set<String> live, Instant olderThan) {
        var root = workDir.resolve("slaves");
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> found = Files.find(root, DEPTH, (path, attributes) -> isSandbox(root, path, attributes))) {
            for (var sandbox : found.toList()) {
                boolean old = Files.getLastModifiedTime(sandbox).toInstant().isBefore(olderThan);
                if (old && !live.contains(String.valueOf(sandbox.getFileName()))) {
                    remove(root, sandbox);
                }
            }
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot look for old sandboxes", unreadable);
        }
    }

    private static boolean isSandbox(Path root, Path path, BasicFileAttributes attributes) {
        return attributes.isDirectory() && root.relativize(path).getNameCount() == DEPTH;
    }

    private static void remove(Path root, Path sandbox) throws IOException {
        Files.walkFileTree(sandbox, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
        LOG.log(System.Logger.Level.INFO, "removed the old sandbox " + sandbox);
        var latest = sandbox.resolveSibling("latest");
        if (Files.isSymbolicLink(latest) && !Files.exists(latest)) {
            Files.delete(latest);
        }
        // Parents that are empty now: runs, the executor, executors, the framework.
        for (var parent = sandbox.getParent();
                parent != null && root.relativize(parent).getNameCount() > 2 && isEmpty(parent);
                parent = parent.getParent()) {
            Files.delete(parent);
        }
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.findAny().isEmpty();
        }
    }

    /** The time from which the age of a sandbox counts. */
    static void touch(Path sandbox, Instant now) throws IOException {
        if (Files.isDirectory(sandbox, LinkOption.NOFOLLOW_LINKS)) {
            Files.setLastModifiedTime(sandbox, FileTime.from(now));
        }
    }
}
