package org.mesolith.raft;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;

/**
 * The start-up check of the Raft log: cuts what a power failure left half written, refuses everything else that is
 * wrong.
 *
 * <p>Only the open segment, the newest, can hold records that were never synced. Its first failing record is judged
 * (the rule is etcd's): incomplete, or with a 512-byte sector of zeros, it was never synced, never acknowledged, and is
 * cut with all that follows. Anything else was damaged after it had been acknowledged: this member must not vote with
 * such a log, so it refuses to start.
 */
final class TornLog {
    /**
     * The log as it is after the check.
     *
     * @param firstIndex index of the oldest entry; -1 when the log is empty
     * @param lastIndex index of the newest entry; -1 when the log is empty
     * @param bytesCut what was cut, 0 for nothing
     * @param warning what the operator should know; empty when all is well
     */
    record Report(long firstIndex, long lastIndex, long bytesCut, String warning) {
        static final Report EMPTY = new Report(-1, -1, 0, "");
    }

    private TornLog() {}

    /**
     * @param directory the group's {@code current} directory; need not exist
     * @throws StartRefused when the log is damaged
     */
    static Report check(Path directory) throws IOException, StartRefused {
        var segments = LogSegment.list(directory);
        if (segments.isEmpty()) {
            return Report.EMPTY;
        }
        long last = segments.getFirst().first() - 1;
        for (int place = 0; place < segments.size() - 1; place++) {
            var segment = segments.get(place);
            last = segment.open()
                    ? finishClosing(directory, segment, segments.get(place + 1))
                    : checkOlder(segment, last);
        }
        return checkNewest(directory, segments, last);
    }

    /** Ratis syncs a segment, renames it, then begins the next: the disk may have forgotten the new name alone. */
    private static long finishClosing(Path directory, LogSegment segment, LogSegment next)
            throws IOException, StartRefused {
        var scan = segment.scan();
        if (scan.fault() != null || scan.lastIndex() != next.first() - 1 || scan.lastIndex() < segment.first()) {
            throw refuse(
                    segment,
                    "it is still open although a newer one exists, and it does not hold the entries up to "
                            + (next.first() - 1));
        }
        var closed = segment.file().resolveSibling("log_" + segment.first() + "-" + scan.lastIndex());
        Files.move(segment.file(), closed, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(directory);
        return scan.lastIndex();
    }

    private static long checkOlder(LogSegment segment, long lastBefore) throws IOException, StartRefused {
        checkPlace(segment, lastBefore);
        var scan = segment.scan();
        var fault = scan.fault();
        if (fault != null) {
            throw refuse(segment, fault.what() + ", in a segment that was synced as a whole");
        }
        if (scan.lastIndex() != segment.last()) {
            throw refuse(segment, "it ends with entry " + scan.lastIndex() + ", not " + segment.last());
        }
        return segment.last();
    }

    private static Report checkNewest(Path directory, List<LogSegment> segments, long lastBefore)
            throws IOException, StartRefused {
        var newest = segments.getLast();
        long first = segments.getFirst().first();
        if (!newest.open()) {
            return report(first, checkOlder(newest, lastBefore), 0, "");
        }
        checkPlace(newest, lastBefore);
        var scan = newest.scan();
        var fault = scan.fault();
        if (fault == null) {
            return report(first, scan.lastIndex(), 0, "");
        }
        if (!fault.torn()) {
            throw refuse(newest, fault.what());
        }
        long bytes = Files.size(newest.file()) - scan.goodBytes();
        cut(directory, newest, scan);
        return report(
                first,
                scan.lastIndex(),
                bytes,
                newest.file() + ": " + fault.what() + "; it was never synced, so never acknowledged. Cut " + bytes
                        + " bytes from byte " + scan.goodBytes() + "; the log now ends with entry "
                        + scan.lastIndex());
    }

    private static Report report(long first, long last, long bytesCut, String warning) {
        return last < first ? new Report(-1, -1, bytesCut, warning) : new Report(first, last, bytesCut, warning);
    }

    private static void checkPlace(LogSegment segment, long lastBefore) throws StartRefused {
        if (segment.first() != lastBefore + 1) {
            throw refuse(
                    segment,
                    "it starts with entry " + segment.first() + ", but the segment before it ends with " + lastBefore);
        }
    }

    private static void cut(Path directory, LogSegment segment, SegmentScan scan) throws IOException {
        boolean empty = scan.lastIndex() < segment.first();
        if (empty) {
            Files.delete(segment.file());
        } else {
            try (var channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
                channel.truncate(scan.goodBytes());
                channel.force(true);
            }
        }
        DurableFiles.sync(directory);
    }

    private static StartRefused refuse(LogSegment segment, String why) {
        return new StartRefused(
                Halt.Code.CORRUPT_DATA,
                "the Raft log is damaged: " + segment.file() + ": " + why
                        + ". Entries that this master acknowledged may be gone, so it does not start. "
                        + StartRefused.REPLACE);
    }
}
