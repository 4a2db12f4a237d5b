package org.mesolith.raft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.log.Snapshots;

/**
 * Copies what this member still holds of its log, up to an entry, and the snapshot from which it goes on, while the log
 * is written and purged. What was applied is committed and never changes, so the copy ends with the entry that was
 * asked for. One use, one thread.
 */
final class LogCopy {
    /** Bytes of the log in one copy; when there are more a newer snapshot is taken as its beginning. */
    static final long LOG_BYTES_MAX = 1L << 30;

    /** The log is purged, and its newest file renamed, meanwhile: another look then finds what is there now. */
    private static final int TRIES_MAX = 20;

    private static final long PAUSE_NANOS = 100_000_000;

    private final Path current;
    private final Path group;
    private final Path target;
    private final long upTo;

    /**
     * @param group directory of the group
     * @param target does not exist yet; what is left of a trial that failed is removed
     * @param upTo index of an entry that was applied here
     */
    LogCopy(Path group, Path target, long upTo) {
        this.group = group;
        this.current = group.resolve(RaftStorageDirectory.CURRENT_DIR_NAME);
        this.target = target;
        this.upTo = upTo;
    }

    /** From where a copy goes on. */
    private record Footing(long term, long index, @Nullable Path snapshot) {}

    Snapshots.Past make() throws IOException {
        var last = "";
        for (int trial = 0; trial < TRIES_MAX; trial++) {
            try {
                return once();
            } catch (NoSuchFileException moved) {
                last = "files of it were renamed or removed meanwhile, " + moved.getMessage();
            } catch (NotWrittenYetException behind) {
                last = String.valueOf(behind.getMessage());
            }
            DurableFiles.deleteTree(target);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return new Snapshots.Past.Failed("the log was not copied: " + last + "; ask again, or another master");
    }

    private Snapshots.Past once() throws IOException {
        var segments = LogSegment.list(current).stream()
                .filter(segment -> segment.first() <= upTo)
                .toList();
        var bases = bases(segments);
        if (bases.isEmpty()) {
            return new Snapshots.Past.Failed("this master holds no log behind a snapshot yet: ask another one");
        }
        for (var base : bases) {
            var wanted = behind(segments, base);
            if (LogSegment.bytesAfter(wanted, -1) <= LOG_BYTES_MAX) {
                copy(base, wanted);
                return new Snapshots.Past.Done(
                        base.term(), base.index(), wanted.getFirst().first());
            }
        }
        return new Snapshots.Past.Failed(
                "the log behind the newest snapshot has more than " + (LOG_BYTES_MAX >> 20) + " MiB");
    }

    /** From where the log could go on, the one that reaches back the furthest first. */
    private List<Footing> bases(List<LogSegment> segments) throws IOException {
        var bases = new ArrayList<Footing>();
        if (segments.isEmpty()) {
            return bases;
        }
        long first = segments.getFirst().first();
        var snapshots = SnapshotStore.listOf(group).reversed();
        if (first <= 0) {
            bases.add(new Footing(0, -1, null));
        }
        for (var found : snapshots) {
            long index = found.at().getIndex();
            if (index >= first - 1 && index <= upTo) {
                bases.add(new Footing(found.at().getTerm(), index, found.directory()));
            }
        }
        return bases;
    }

    /** With the entry of the snapshot, where there is one: its term is compared when the log is applied. */
    private static List<LogSegment> behind(List<LogSegment> segments, Footing base) {
        return segments.stream()
                .filter(segment -> segment.open() || segment.last() >= base.index())
                .toList();
    }

    private void copy(Footing base, List<LogSegment> segments) throws IOException {
        var log = Files.createDirectories(target.resolve("log"));
        long next = segments.getFirst().first();
        for (var segment : segments) {
            if (segment.first() != next) {
                throw new NotWrittenYetException("entries " + next + " to " + (segment.first() - 1) + " are missing");
            }
            if (!segment.open() && segment.last() <= upTo) {
                Files.createLink(log.resolve(segment.file().getFileName()), segment.file());
                next = segment.last() + 1;
            } else {
                beginning(segment, log);
                next = upTo + 1;
            }
        }
        if (next != upTo + 1) {
            throw new NotWrittenYetException("it ends with entry " + (next - 1) + ", before " + upTo);
        }
        var snapshot = base.snapshot();
        if (snapshot != null) {
            var into = Files.createDirectories(target.resolve("snapshot"));
            for (var file : DurableFiles.children(snapshot)) {
                Files.createLink(into.resolve(file.getFileName()), file);
            }
        }
    }

    /** A file that is being written, up to the wanted entry. */
    private void beginning(LogSegment segment, Path log) throws IOException {
        var scan = segment.scan(upTo);
        if (scan.lastIndex() != upTo) {
            throw new NotWrittenYetException("it is written up to entry " + scan.lastIndex() + ", not yet to " + upTo);
        }
        var file = log.resolve("log_" + segment.first() + "-" + upTo);
        try (InputStream from = Files.newInputStream(segment.file());
                var to = Files.newOutputStream(file)) {
            var piece = new byte[64 << 10];
            long left = scan.goodBytes();
            while (left > 0) {
                int read = from.read(piece, 0, (int) Math.min(piece.length, left));
                if (read < 0) {
                    throw new NotWrittenYetException(segment.file() + " became shorter");
                }
                to.write(piece, 0, read);
                left -= read;
            }
        }
    }

    /** Another look may find it. */
    private static final class NotWrittenYetException extends IOException {
        private static final long serialVersionUID = 1;

        NotWrittenYetException(String sentence) {
            super(sentence);
        }
    }
}
