package org.mesolith.raft;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;

/**
 * One segment file of the Raft log, by its name: {@code log_FIRST-LAST} is closed (it was synced before it got this
 * name), {@code log_inprogress_FIRST} is the one being written.
 *
 * @param last index of the last entry by name; -1 for the open segment
 */
record LogSegment(Path file, long first, long last) {
    private static final Pattern CLOSED = Pattern.compile("log_(\\d{1,18})-(\\d{1,18})");
    private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d{1,18})");

    boolean open() {
        return last < 0;
    }

    /** The segments in a group's {@code current} directory, oldest first; none when there is no such directory. */
    static List<LogSegment> list(Path directory) throws IOException {
        var found = new ArrayList<LogSegment>();
        for (var file : DurableFiles.children(directory)) {
            var segment = named(file);
            if (segment != null) {
                found.add(segment);
            }
        }
        found.sort(Comparator.comparingLong(LogSegment::first).thenComparingLong(LogSegment::last));
        return found;
    }

    private static @Nullable LogSegment named(Path file) {
        var name = String.valueOf(file.getFileName());
        var closed = CLOSED.matcher(name);
        if (closed.matches()) {
            return new LogSegment(file, Long.parseLong(closed.group(1)), Long.parseLong(closed.group(2)));
        }
        var open = OPEN.matcher(name);
        return open.matches() ? new LogSegment(file, Long.parseLong(open.group(1)), -1) : null;
    }

    /**
     * The index up to which the log may be thrown away after a snapshot: what is kept behind it is bounded in entries
     * and in bytes.
     *
     * @param segments oldest first
     * @param snapshot index of the snapshot
     */
    static long purgeable(List<LogSegment> segments, long snapshot, RatisSettings.SnapshotRules rules) {
        long index = snapshot - rules.preserveEntries();
        long bytes = 0;
        for (var segment : segments.reversed()) {
            bytes += segment.file.toFile().length();
            if (bytes > rules.preserveBytes()) {
                index = Math.max(index, Math.min(snapshot, segment.open() ? snapshot : segment.last));
                break;
            }
        }
        return Math.max(index, -1);
    }

    /** Bytes of the segments that hold entries behind this index. */
    static long bytesAfter(List<LogSegment> segments, long index) {
        return segments.stream()
                .filter(segment -> segment.open() || segment.last > index)
                .mapToLong(segment -> segment.file.toFile().length())
                .sum();
    }

    /** Reads and judges the whole file. */
    SegmentScan scan() throws IOException {
        return scan(Long.MAX_VALUE);
    }

    /** Reads and judges the file up to this entry. */
    SegmentScan scan(long until) throws IOException {
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException(file + " has " + channel.size() + " bytes, more than a log segment can have");
            }
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer();
            return SegmentScan.of(bytes, first, until);
        }
    }
}
