package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.base.DurableFiles;

/**
 * The log and the snapshots of a group as they lie in the files of a master, or in a copy of them: read without a
 * cluster, and left as they are. The master may be running: what it writes meanwhile may or may not be seen.
 *
 * @param group name of the directory that holds them, which is the id of the group; empty when it is no such id
 * @param snapshots oldest first
 */
public record LogFiles(String group, List<Snapshot> snapshots, List<Part> parts) {
    /** A copy of the registry. */
    public record Snapshot(Path directory, long term, long index) {}

    /**
     * A file of the log.
     *
     * @param first index of its first entry
     * @param last index of its last good entry; before {@code first} when it has none
     */
    public record Part(Path file, long first, long last) {}

    /**
     * One entry.
     *
     * @param commands as they were packed; null when the entry says something to the group alone
     */
    public record Entry(long term, long index, byte @Nullable [] commands) {}

    /** Takes entry after entry. */
    public interface Reader {
        /** False when no more is wanted. */
        boolean entry(Entry entry);
    }

    private static final Pattern GROUP = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    public LogFiles {
        snapshots = List.copyOf(snapshots);
        parts = List.copyOf(parts);
    }

    /**
     * What is found below a directory: the files of a log themselves, a group, or the work directory of a master.
     *
     * @return null when there is no log
     * @throws IOException also when a closed file of it is damaged
     */
    public static @Nullable LogFiles find(Path directory) throws IOException {
        var whole = directory.toAbsolutePath().normalize();
        var current = current(whole);
        if (current == null) {
            return null;
        }
        var group = current.resolveSibling("");
        var parts = new ArrayList<Part>();
        for (var segment : LogSegment.list(current)) {
            var scan = segment.scan();
            if (scan.fault() != null && !segment.open()) {
                throw new IOException(segment.file() + " is damaged: "
                        + Check.present(scan.fault(), "a fault").what());
            }
            parts.add(new Part(segment.file(), segment.first(), scan.lastIndex()));
        }
        var snapshots = new ArrayList<Snapshot>();
        for (var found : SnapshotStore.listOf(group).reversed()) {
            snapshots.add(new Snapshot(
                    found.directory(), found.at().getTerm(), found.at().getIndex()));
        }
        var name = String.valueOf(group.getFileName());
        return parts.isEmpty() ? null : new LogFiles(GROUP.matcher(name).matches() ? name : "", snapshots, parts);
    }

    private static @Nullable Path current(Path directory) throws IOException {
        if (!LogSegment.list(directory).isEmpty()) {
            return directory;
        }
        var below = directory.resolve(RaftStorageDirectory.CURRENT_DIR_NAME);
        if (Files.isDirectory(below)) {
            return below;
        }
        for (var group : DurableFiles.children(directory.resolve("raft"))) {
            var inside = group.resolve(RaftStorageDirectory.CURRENT_DIR_NAME);
            if (Files.isDirectory(inside)) {
                return inside;
            }
        }
        return null;
    }

    /** Index of the oldest entry. */
    public long first() {
        return parts.getFirst().first();
    }

    /** Index of the newest entry. It may not have been committed: the group may have given it up. */
    public long last() {
        return parts.getLast().last();
    }

    /**
     * Reads the entries from this index on, in order.
     *
     * @throws IOException also when one is missing in between
     */
    public void read(long from, Reader reader) throws IOException {
        var reading = new Reading(from, reader);
        long due = first();
        for (var part : parts) {
            if (part.first() != due) {
                throw new IOException("entries " + due + " to " + (part.first() - 1) + " are missing before "
                        + part.file().getFileName());
            }
            due = part.last() + 1;
            if (reading.going && part.last() >= from) {
                var path = Check.present(LogSegmentPath.matchLogSegment(part.file()), "a file of the log");
                int _ = org.apache.ratis.server.raftlog.segmented.LogSegment.readSegmentFile(
                        part.file().toFile(),
                        path.getStartEnd(),
                        SizeInBytes.valueOf(2 * RatisConfig.ENTRY_BYTES_CEILING),
                        CorruptionPolicy.WARN_AND_RETURN,
                        null,
                        entry -> reading.take(entry, part.last()));
            }
        }
    }

    /** One way through the log. */
    private static final class Reading {
        private final long from;
        private final Reader reader;
        private boolean going = true;

        Reading(long from, Reader reader) {
            this.from = from;
            this.reader = reader;
        }

        /** @param last of the file when it was looked at; what was written since is left out */
        void take(LogEntryProto entry, long last) {
            if (going && entry.getIndex() >= from && entry.getIndex() <= last) {
                var commands = entry.hasStateMachineLogEntry()
                        ? entry.getStateMachineLogEntry().getLogData().toByteArray()
                        : null;
                going = reader.entry(new Entry(entry.getTerm(), entry.getIndex(), commands));
            }
        }
    }
}
