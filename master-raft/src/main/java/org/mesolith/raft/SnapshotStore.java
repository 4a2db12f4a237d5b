package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.base.DurableFiles;

/**
 * The snapshots of this member: directories {@code sm/snapshot.TERM_INDEX}, each a checkpoint of the database.
 *
 * <p>Ratis asks for the newest with every message, so it is kept in a field. It replaces {@code sm} as a whole when it
 * installs a snapshot of another member. Any thread may read; snapshots are taken, and replaced, by one at a time.
 */
final class SnapshotStore implements StateMachineStorage {
    /** A snapshot on the disk. */
    record Found(Path directory, TermIndex at) {}

    /** Fills a directory that does not exist yet. */
    interface Checkpoint {
        void into(Path directory) throws IOException;
    }

    private static final Pattern NAME = Pattern.compile("snapshot\\.(\\d{1,18})_(\\d{1,18})");
    private static final String TAKING = ".taking";
    private static final String SWAPPED = "sm.tmp";

    /** Written by Ratis beside each file that it received. */
    private static final String DIGEST = ".md5";

    private volatile @Nullable Path directory;
    private volatile @Nullable SnapshotInfo newest;

    @Override
    public void init(RaftStorage storage) throws IOException {
        var group = storage.getStorageDir().getRoot().toPath();
        finishSwap(group);
        for (var leftover : DurableFiles.children(group.resolve("tmp"))) {
            DurableFiles.deleteTree(leftover);
        }
        var own = storage.getStorageDir().getStateMachineDir().toPath();
        Files.createDirectories(own);
        DurableFiles.deleteTree(own.resolve(TAKING));
        directory = own;
        refresh();
    }

    /** A process that died between the two renames of an installation left no {@code sm}: take the old one back. */
    private static void finishSwap(Path group) throws IOException {
        var own = group.resolve(RaftStorageDirectory.STATE_MACHINE_DIR_NAME);
        for (var child : DurableFiles.children(group)) {
            if (!String.valueOf(child.getFileName()).startsWith(SWAPPED)) {
                continue;
            }
            if (Files.exists(own)) {
                DurableFiles.deleteTree(child);
            } else {
                Files.move(child, own, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.sync(group);
            }
        }
    }

    private Path directory() {
        return Check.present(directory, "snapshots before init");
    }

    /** Looks at the disk again: after an installation. */
    void refresh() throws IOException {
        var found = list();
        newest = found.isEmpty() ? null : describe(found.getFirst());
    }

    /** The snapshots on the disk, the newest first. */
    List<Found> list() throws IOException {
        var where = directory;
        return where == null ? List.of() : list(where);
    }

    private static List<Found> list(Path where) throws IOException {
        var found = new ArrayList<Found>();
        for (var child : DurableFiles.children(where)) {
            var name = NAME.matcher(String.valueOf(child.getFileName()));
            if (name.matches() && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                var at = TermIndex.valueOf(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
                found.add(new Found(child, at));
            }
        }
        found.sort(Comparator.comparing(Found::at).reversed());
        return found;
    }

    /** Those of a group, whoever has it open; nothing is changed. The newest first. */
    static List<Found> listOf(Path group) throws IOException {
        return list(group.resolve(RaftStorageDirectory.STATE_MACHINE_DIR_NAME));
    }

    /** The newest of a group that Ratis has not opened; null when there is none. */
    static @Nullable Found newestOf(Path group) throws IOException {
        finishSwap(group);
        var found = list(group.resolve(RaftStorageDirectory.STATE_MACHINE_DIR_NAME));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The newest on the disk; null when there is none. */
    @Nullable
    Found newest() throws IOException {
        var found = list();
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Takes a snapshot that has reached the disk when this returns. One that exists already is left as it is. */
    void take(TermIndex at, Checkpoint checkpoint) throws IOException {
        var own = directory();
        var target = own.resolve("snapshot." + at.getTerm() + "_" + at.getIndex());
        if (!Files.exists(target)) {
            var taking = own.resolve(TAKING);
            DurableFiles.deleteTree(taking);
            checkpoint.into(taking);
            DurableFiles.syncTree(taking);
            try {
                Files.move(taking, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException impossible) {
                throw new IOException("cannot rename within " + own, impossible);
            }
            DurableFiles.sync(own);
        }
        newest = describe(new Found(target, at));
    }

    private static SnapshotInfo describe(Found found) throws IOException {
        var files = new ArrayList<FileInfo>();
        for (var file : DurableFiles.children(found.directory)) {
            if (!String.valueOf(file.getFileName()).endsWith(DIGEST)) {
                files.add(new FileInfo(file.toAbsolutePath(), null));
            }
        }
        return new FileListSnapshotInfo(files, found.at);
    }

    /** Takes away what an installation left beside the files, and makes the files durable: Ratis does not. */
    void makeDurable(Found installed) throws IOException {
        for (var file : DurableFiles.children(installed.directory)) {
            if (String.valueOf(file.getFileName()).endsWith(DIGEST)) {
                Files.delete(file);
            }
        }
        DurableFiles.syncTree(installed.directory);
        DurableFiles.sync(directory());
        DurableFiles.sync(directory().toAbsolutePath().resolve(".."));
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return newest;
    }

    @Override
    public void format() {}

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        int kept = Math.max(1, policy.getNumSnapshotsRetained());
        var found = list();
        for (var old : found.subList(Math.min(kept, found.size()), found.size())) {
            DurableFiles.deleteTree(old.directory);
        }
    }
}
