package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Recovering;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.statecodec.UnknownFormatException;
import org.mesolith.store.RocksStore;

/**
 * Goes on with the best survivor of a group that has lost its majority for good: before Ratis is started, everything in
 * its log is applied, committed or not, and a new group with this one member begins with what comes out.
 *
 * <p>The log is read from its files instead of being committed by a group of one: no configuration entry in it, however
 * new, can call the lost members back. Every step may be cut off by a kill and is done again at the next start.
 */
final class QuorumRecovery {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** Nobody listens yet. */
    private static final LogListener NOBODY = new LogListener() {
        @Override
        public void onApplied(LogEntry entry, Outcome outcome, Registry after) {}

        @Override
        public void onReplaced(Registry now) {}

        @Override
        public void onLeaderReady(long term, Registry registry) {}

        @Override
        public void onStepDown() {}

        @Override
        public void onLeaderKnown(@Nullable MemberAddress leader) {}
    };

    private final RatisSettings settings;
    private final IdentityFile identityFile;
    private final RecoveryNote note;

    QuorumRecovery(RatisSettings settings, IdentityFile identityFile) {
        this.settings = settings;
        this.identityFile = identityFile;
        this.note = new RecoveryNote(settings);
    }

    /**
     * Does what the note says, if there is one.
     *
     * @return the identity from here on
     */
    Identity finish(Identity identity) throws IOException, StartRefused {
        var plan = note.read();
        if (plan == null) {
            return identity;
        }
        if (identity.groupId().equals(plan.group())) {
            note.remove();
            return identity;
        }
        if (!identity.groupId().equals(plan.formerGroup())) {
            throw new StartRefused(
                    Halt.Code.CORRUPT_DATA,
                    "this member is to go on without the majority of group " + plan.formerGroup() + ", but belongs to '"
                            + identity.groupId() + "'; was its directory exchanged?");
        }
        var _ = TornLog.check(settings.groupDir(identity.groupId()).resolve(RaftStorageDirectory.CURRENT_DIR_NAME));
        var at = layReady(plan, identity);
        var self = new MemberAddress(identity.memberId(), settings.host(), settings.raftPort(), settings.httpPort());
        var becomes = identity.restoring(identity.clusterId(), plan.group(), List.of(self));
        identityFile.write(becomes);
        becomes = RestoredGroup.finish(settings, identityFile, becomes);
        note.remove();
        LOG.log(
                System.Logger.Level.WARNING,
                "this member is now the only one of its cluster, in a new epoch, with everything up to " + at
                        + ". The lost members must never be started again: remove their data");
        return becomes;
    }

    private TermIndex layReady(Recovering.Plan plan, Identity identity) throws IOException, StartRefused {
        var staging = settings.restoredDir();
        DurableFiles.deleteTree(staging);
        Files.createDirectories(staging);
        var cut = staging.resolve("cut");
        TermIndex at;
        long epoch;
        try (var store = RocksStore.open(settings.databaseDir())) {
            var replica = new Replica(store, NOBODY);
            applyAll(replica, settings.groupDir(identity.groupId()));
            at = replica.applied();
            // Only now it is known: before, the log may not have been applied at all.
            epoch = replica.registry().cluster().epoch() + 1;
            if (at.getIndex() < plan.lastIndex()) {
                throw new StartRefused(
                        Halt.Code.CORRUPT_DATA,
                        "the log of this member ends with " + at + ", but ended with " + plan.lastIndex()
                                + " when it was chosen: its disk has lost entries");
            }
            replica.checkpoint(cut);
        } catch (UnknownFormatException newer) {
            throw new StartRefused(Halt.Code.TOO_OLD, "cannot apply the log: " + newer.getMessage(), newer);
        }
        var begun = RestoredGroup.begin(settings, cut, epoch, plan.epochId(), (_, _) -> null);
        Check.that(begun.refusal() == null, "a recovery that nobody judges was refused");
        DurableFiles.deleteTree(cut);
        return at;
    }

    /** Applies what the newest snapshot and the log have and the database has not. */
    private static void applyAll(Replica replica, Path group) throws IOException, StartRefused {
        var newest = SnapshotStore.newestOf(group);
        if (newest != null && newest.at().getIndex() > replica.applied().getIndex()) {
            replica.replaceBy(newest.directory(), newest.at());
        }
        for (var segment : LogSegment.list(group.resolve(RaftStorageDirectory.CURRENT_DIR_NAME))) {
            if (segment.first() > replica.applied().getIndex() + 1) {
                throw new StartRefused(
                        Halt.Code.CORRUPT_DATA,
                        "the log goes on with entry " + segment.first() + ", but the database ends with "
                                + replica.applied() + ": entries are missing");
            }
            var path = Check.present(LogSegmentPath.matchLogSegment(segment.file()), "a log segment");
            int unused = org.apache.ratis.server.raftlog.segmented.LogSegment.readSegmentFile(
                    segment.file().toFile(),
                    path.getStartEnd(),
                    SizeInBytes.valueOf(2 * RatisConfig.ENTRY_BYTES_CEILING),
                    CorruptionPolicy.EXCEPTION,
                    null,
                    entry -> apply(replica, entry));
            LOG.log(System.Logger.Level.INFO, segment.file() + ": " + unused + " entries read");
        }
    }

    private static void apply(Replica replica, LogEntryProto entry) {
        var at = TermIndex.valueOf(entry);
        if (at.getIndex() <= replica.applied().getIndex()) {
            return;
        }
        Check.that(at.getIndex() == replica.applied().getIndex() + 1, "entry " + at + " after " + replica.applied());
        if (entry.hasStateMachineLogEntry()) {
            var _ = replica.apply(
                    at, entry.getStateMachineLogEntry().getLogData().toByteArray());
        } else {
            replica.pass(at);
        }
    }
}
