package org.mesolith.agent.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.Removals;

/**
 * Removes sandboxes of tasks and executors that ended long ago, sooner when the disk fills (Mesos: agent garbage
 * collection). Those of agents that this one was before are among them; volumes are not. Any thread.
 */
final class Garbage {
    private static final System.Logger LOG = System.getLogger(Garbage.class.getName());

    /** Parts of a sandbox's path below {@code slaves}. */
    private static final int DEPTH = 7;

    /** Waiting sandboxes that are shown. */
    private static final int SHOWN_MAX = 1_000;

    private final Path root;
    private final ReentrantLock looking = new ReentrantLock();

    /** Since when each waits, by its path; as many as there are directories. */
    private final Map<Path, Instant> waiting = new ConcurrentHashMap<>();

    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile Duration ageMax;

    /**
     * @param workDir absolute
     * @param delay how long sandboxes are kept as long as nothing is known of the disk
     */
    Garbage(Path workDir, Duration delay) {
        this.root = workDir.resolve("slaves");
        this.ageMax = delay;
    }

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

    /** From now on nobody uses this sandbox; its age counts from here, also for an agent process to come. */
    void ended(Path sandbox, Instant now) throws IOException {
        if (Files.isDirectory(sandbox, LinkOption.NOFOLLOW_LINKS)) {
            Files.setLastModifiedTime(sandbox, FileTime.from(now));
            waiting.put(sandbox, now);
        }
    }

    /**
     * Looks for sandboxes and removes those that are too old.
     *
     * @param live containers whose sandboxes stay, whatever their age
     */
    void collect(Set<String> live, Instant now, Duration oldest) {
        looking.lock();
        try {
            ageMax = oldest;
            waiting.keySet().removeIf(sandbox -> !Files.isDirectory(sandbox, LinkOption.NOFOLLOW_LINKS));
            look(live);
            waiting.forEach((sandbox, since) -> {
                if (since.plus(oldest).isBefore(now)) {
                    removeOne(sandbox);
                }
            });
        } finally {
            looking.unlock();
        }
    }

    /** What waits, and what was done. */
    Removals removals() {
        var shown = waiting.entrySet().stream()
                .map(entry -> new Removals.Waiting(entry.getKey().toString(), entry.getValue()))
                .sorted(Comparator.comparing(Removals.Waiting::since).thenComparing(Removals.Waiting::path))
                .limit(SHOWN_MAX)
                .toList();
        return new Removals(ageMax, shown, waiting.size(), succeeded.get(), failed.get());
    }

    private void look(Set<String> live) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> found = Files.find(root, DEPTH, this::isSandbox)) {
            for (var sandbox : (Iterable<Path>) found::iterator) {
                if (live.contains(String.valueOf(sandbox.getFileName()))) {
                    waiting.remove(sandbox);
                } else {
                    waiting.put(sandbox, Files.getLastModifiedTime(sandbox).toInstant());
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "cannot look for old sandboxes", unreadable);
        }
    }

    private boolean isSandbox(Path path, BasicFileAttributes attributes) {
        return attributes.isDirectory() && root.relativize(path).getNameCount() == DEPTH;
    }

    private void removeOne(Path sandbox) {
        try {
            remove(sandbox);
            waiting.remove(sandbox);
            succeeded.incrementAndGet();
            LOG.log(System.Logger.Level.INFO, "removed the old sandbox " + sandbox);
        } catch (IOException refused) {
            failed.incrementAndGet();
            LOG.log(System.Logger.Level.WARNING, "cannot remove the old sandbox " + sandbox, refused);
        }
    }

    private void remove(Path sandbox) throws IOException {
        Files.walkFileTree(sandbox, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
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
}
