package org.mesolith.agent.container;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.DiskShare;
import org.mesolith.agent.core.DiskUse;
import org.mesolith.agent.core.RunId;

/**
 * Adds up the sizes of the files in sandboxes and volumes, within bounds. A link counts for itself, a file with several
 * names for each of them. Any thread.
 *
 * @param entriesMax files and directories that are looked at in one sandbox or volume
 * @param timeMax for one sandbox or volume
 */
record DiskMeter(Sandboxes sandboxes, long entriesMax, Duration timeMax) {
    /** What these keep; on the calling thread, which waits for the disk. */
    AgentEvent.DiskMeasured measure(AgentEffect.MeasureDisk order) {
        long began = System.nanoTime();
        var uses = new TreeMap<RunId, DiskUse>();
        for (var look : order.looks()) {
            uses.put(look.run(), use(look));
        }
        return new AgentEvent.DiskMeasured(uses, Duration.ofNanos(System.nanoTime() - began));
    }

    private DiskUse use(AgentEffect.DiskLook look) {
        var sandbox = sum(sandboxes.of(look.agent(), look.run(), look.container()));
        boolean whole = sandbox.whole;
        var volumes = new ArrayList<DiskShare.Volume>();
        for (var volume : look.share().volumes()) {
            var sum = sum(Path.of(volume.path().below(sandboxes.workDir().toString())));
            whole &= sum.whole;
            volumes.add(new DiskShare.Volume(volume.path(), sum.bytes));
        }
        return new DiskUse(Instant.now(), sandbox.bytes, volumes, whole);
    }

    private Sum sum(Path top) {
        var sum = new Sum(entriesMax, System.nanoTime() + timeMax.toNanos());
        if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
            return sum; // not made yet, or gone
        }
        try {
            Files.walkFileTree(top, sum);
        } catch (IOException unreadable) {
            sum.whole = false;
        }
        return sum;
    }

    /** The sum of one tree. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private final long entriesMax;
        private final long endAt;
        private long entries;
        private long bytes;
        private boolean whole = true;

        Sum(long entriesMax, long endAt) {
            this.entriesMax = entriesMax;
            this.endAt = endAt;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes about) {
            return count(about);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
            return count(about);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) {
            whole &= failed instanceof NoSuchFileException; // what is gone meanwhile is not missing
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) {
            whole &= failed == null;
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult count(BasicFileAttributes about) {
            if (++entries > entriesMax || System.nanoTime() - endAt > 0) {
                whole = false;
                return FileVisitResult.TERMINATE;
            }
            bytes += about.isDirectory() ? 0 : about.size();
            return FileVisitResult.CONTINUE;
        }
    }
}
