package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.store.RegistryStore;
import org.mesolith.store.RocksStore;

/**
 * The data directory of a member, locked, checked and opened: everything that must hold before Ratis may touch it.
 *
 * @param log what the check of the log found
 */
record MemberFiles(
        DirectoryLock lock, IdentityFile identityFile, Identity identity, TornLog.Report log, RegistryStore store)
        implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /**
     * @throws StartRefused saying what is wrong with the data and what to do
     */
    static MemberFiles open(RatisSettings settings) throws IOException, StartRefused {
        var lock = DirectoryLock.take(settings.dataDir());
        try {
            return openLocked(settings, lock);
        } catch (IOException | StartRefused | RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    private static MemberFiles openLocked(RatisSettings settings, DirectoryLock lock) throws IOException, StartRefused {
        checkSpace(settings);
        var identityFile = new IdentityFile(settings.dataDir());
        var identity = identityFile.readOrMake(List.of(settings.raftDir(), settings.databaseDir()));
        Files.createDirectories(settings.raftDir());
        if (identity.stage() == Identity.Stage.RESTORING) {
            identity = RestoredGroup.finish(settings, identityFile, identity);
        }
        checkStorage(settings, identity);
        identity = new QuorumRecovery(settings, identityFile).finish(identity);
        var log = TornLog.Report.EMPTY;
        if (identity.stage() != Identity.Stage.EMPTY) {
            log = TornLog.check(settings.groupDir(identity.groupId()).resolve(RaftStorageDirectory.CURRENT_DIR_NAME));
        }
        // Counted before anything else is done, so that no two processes ever have the same number.
        identity = identity.startedAgain();
        identityFile.write(identity);
        if (!log.warning().isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, log.warning());
        }
        return new MemberFiles(lock, identityFile, identity, log, RocksStore.open(settings.databaseDir()));
    }

    private static void checkSpace(RatisSettings settings) throws IOException, StartRefused {
        var space = new DiskSpace(settings.dataDir(), settings.disk()).read();
        if (space.verdict() == DiskSpace.Verdict.EXHAUSTED) {
            throw new StartRefused(Halt.Code.STORAGE, space.sentence(settings.dataDir()));
        }
    }

    /**
     * A member that has voted must find its votes again: Ratis would make an empty storage without a word, and two such
     * members would elect an empty leader that erases the others.
     */
    private static void checkStorage(RatisSettings settings, Identity identity) throws IOException, StartRefused {
        if (identity.stage() == Identity.Stage.BOOTSTRAPPED && !hasVotes(settings, identity)) {
            throw new StartRefused(
                    Halt.Code.CORRUPT_DATA,
                    "member " + identity.memberId() + " belongs to cluster " + identity.clusterId()
                            + ", but its Raft storage " + settings.groupDir(identity.groupId())
                            + " is gone: an empty log under an old identity could erase the others. "
                            + StartRefused.REPLACE);
        }
        if (identity.stage() == Identity.Stage.EMPTY
                && !DurableFiles.children(settings.raftDir()).isEmpty()) {
            throw new StartRefused(
                    Halt.Code.CORRUPT_DATA,
                    "member " + identity.memberId() + " belongs to no cluster, but " + settings.raftDir()
                            + " holds data of one; move that directory away, or put back the identity file it "
                            + "belongs to");
        }
    }

    private static boolean hasVotes(RatisSettings settings, Identity identity) {
        return Files.exists(settings.groupDir(identity.groupId())
                .resolve(RaftStorageDirectory.CURRENT_DIR_NAME)
                .resolve("raft-meta"));
    }

    /** Closes the database and gives the directory back. */
    @Override
    public void close() throws IOException {
        try {
            store.close();
        } finally {
            lock.close();
        }
    }
}
