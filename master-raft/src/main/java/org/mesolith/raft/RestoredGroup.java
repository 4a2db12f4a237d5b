package org.mesolith.raft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.base.DurableFiles;
import org.mesolith.state.Change;
import org.mesolith.state.Registry;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.state.rules.Journal;
import org.mesolith.store.RegistryStore;
import org.mesolith.store.RocksStore;

/**
 * The storage of a group that begins with a registry instead of an empty log: one snapshot, and the note of the term
 * without which Ratis would take the directory for new and empty it.
 *
 * <p>It is laid ready beside the member's data and then renamed into its place, so that Ratis sees all of it or none.
 */
final class RestoredGroup {
    private static final String META = "raft-meta";

    private RestoredGroup() {}

    /** Where it lies until it is put in place. */
    static Path ready(RatisSettings settings) {
        return settings.restoredDir().resolve("group");
    }

    /** Looks at what is to be restored; null when it may be. */
    interface Judge {
        @Nullable
        String complaint(TermIndex at, Registry registry);
    }

    /**
     * What was laid ready.
     *
     * @param registry that the group begins with
     * @param refusal of the judge; then nothing was laid ready
     */
    record Begun(Registry registry, @Nullable String refusal) {}

    /**
     * Opens a copy of a database, raises its epoch and lays the storage of its group ready.
     *
     * @param files of the database; they stay as they are
     */
    static Begun begin(RatisSettings settings, Path files, long epoch, long epochId, Judge judge) throws IOException {
        var work = settings.restoredDir().resolve("work");
        DurableFiles.deleteTree(work);
        Files.createDirectories(settings.restoredDir());
        try (var store = RocksStore.open(work)) {
            store.replaceBy(files);
            var loaded = store.load();
            var at = TermIndex.valueOf(loaded.applied().term(), loaded.applied().index());
            var refusal = judge.complaint(at, loaded.registry());
            if (refusal != null) {
                return new Begun(loaded.registry(), refusal);
            }
            var old = loaded.registry().cluster();
            var changes = new ArrayList<Change>();
            var cluster = new ClusterRow(old.clusterId(), epoch, epochId, old.featureLevel(), old.needs());
            changes.add(new Change.ClusterPut(cluster));
            // Members of before and their tokens end with their epoch; those of now say where they are by themselves.
            if (!loaded.registry().membership().equals(MembershipRow.NONE)) {
                changes.add(new Change.MembershipPut(MembershipRow.NONE));
            }
            changes.addAll(Journal.ofNewEpoch(loaded.registry(), cluster, List.copyOf(changes)));
            store.write(loaded.applied(), changes);
            lay(settings, store, at);
            return new Begun(loaded.registry().with(loaded.registry().at(), changes), null);
        } finally {
            DurableFiles.deleteTree(work);
        }
    }

    /**
     * Puts what lies ready in place at the start of a process that died before it had done so, and throws away the
     * database of before: the new one is made of the snapshot.
     */
    static Identity finish(RatisSettings settings, IdentityFile identityFile, Identity restoring) throws IOException {
        putInPlace(settings, restoring.groupId());
        DurableFiles.deleteTree(settings.databaseDir());
        var done = restoring.bootstrapped();
        identityFile.write(done);
        return done;
    }

    /** Lays the storage ready; all of it has reached the disk when this returns. */
    private static void lay(RatisSettings settings, RegistryStore store, TermIndex at) throws IOException {
        var group = ready(settings);
        DurableFiles.deleteTree(group);
        var snapshots = group.resolve(RaftStorageDirectory.STATE_MACHINE_DIR_NAME);
        Files.createDirectories(snapshots);
        store.checkpoint(snapshots.resolve("snapshot." + at.getTerm() + "_" + at.getIndex()));
        var current = group.resolve(RaftStorageDirectory.CURRENT_DIR_NAME);
        Files.createDirectories(current);
        var meta = "term=" + at.getTerm() + "\nvotedFor=\n";
        DurableFiles.replace(current.resolve(META), meta.getBytes(StandardCharsets.UTF_8));
        DurableFiles.syncTree(group);
        DurableFiles.sync(settings.restoredDir());
    }

    /** Puts it where Ratis looks; done before is done. */
    static void putInPlace(RatisSettings settings, String groupId) throws IOException {
        var target = settings.groupDir(groupId);
        if (!Files.exists(target)) {
            Check.that(Files.exists(ready(settings)), "a restored group that was never laid ready");
            Files.createDirectories(settings.raftDir());
            Files.move(ready(settings), target, StandardCopyOption.ATOMIC_MOVE);
        }
        DurableFiles.sync(settings.raftDir());
        DurableFiles.sync(settings.restoredDir());
        moveOthersAway(settings, groupId);
    }

    /** Ratis starts every group that it finds. */
    private static void moveOthersAway(RatisSettings settings, String groupId) throws IOException {
        for (var other : DurableFiles.children(settings.raftDir())) {
            var name = String.valueOf(other.getFileName());
            if (!name.equals(groupId)) {
                Files.createDirectories(settings.removedDir());
                var target = settings.removedDir().resolve(name);
                DurableFiles.deleteTree(target);
                Files.move(other, target, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.sync(settings.removedDir());
            }
        }
        DurableFiles.sync(settings.raftDir());
    }
}
