package org.mesolith.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;
import org.mesolith.log.Snapshots;
import org.mesolith.statecodec.MalformedBytesException;
import org.mesolith.statecodec.UnknownFormatException;
import org.mesolith.store.StorageException;

/**
 * What Ratis asks of a state machine, and nothing else: deciding and writing is the {@link Replica}'s, leading
 * {@link MemberEvents}'.
 *
 * <p>Threads: entries come on Ratis' apply thread, installations on another, events on any; callbacks return at once.
 */
final class RatisAdapter extends BaseStateMachine {
    private final Replica replica;
    private final SnapshotStore snapshots = new SnapshotStore();
    private final MemberEvents events;
    private final Ending ending;
    private final long loggedUpTo;
    private final Object gate = new Object();
    private boolean paused;

    /**
     * Newest entry that Ratis has brought, or need not bring: after a restart it begins behind what the database has.
     * Guarded by the gate.
     */
    private long broughtUpTo = RaftLog.INVALID_LOG_INDEX;

    /**
     * Where Ratis is to begin after a restart, taken by the first who asks, which is its log when it is opened. It
     * would bring every entry since the newest snapshot again otherwise, up to hundreds of thousands, and a new leader
     * serves nobody before it has them all. Nobody needs files of it: where it is not taken, the real ones follow.
     */
    private final AtomicReference<@Nullable SnapshotInfo> beginning = new AtomicReference<>();

    /** Behind what Ratis began, until the log was looked at for that entry; else null. Guarded by the gate. */
    private @Nullable TermIndex unchecked;

    /** Guarded by the gate. */
    private long passedOver;

    /** Term of the configuration entry being applied; only the apply thread. */
    private long configurationTerm;

    /** @param loggedUpTo newest entry of the log at the start, -1 for none */
    RatisAdapter(Replica replica, long loggedUpTo, MemberEvents events, Ending ending) {
        this.replica = replica;
        this.loggedUpTo = loggedUpTo;
        this.events = events;
        this.ending = ending;
        setLastAppliedTermIndex(replica.applied());
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        snapshots.init(storage);
        checkTerm(storage.getMetadataFile().getMetadata().getTerm());
        getLifeCycle().startAndTransition(this::takeOverNewerSnapshot, IOException.class);
    }

    /** A process that died between the arrival of a snapshot and its use has an older database. */
    private void takeOverNewerSnapshot() throws IOException {
        var newest = snapshots.newest();
        if (newest != null && newest.at().getIndex() > replica.applied().getIndex()) {
            snapshots.makeDurable(newest);
            replica.replaceBy(newest.directory(), newest.at());
        }
        var applied = replica.applied();
        setLastAppliedTermIndex(applied);
        long snapshot = newest == null ? RaftLog.INVALID_LOG_INDEX : newest.at().getIndex();
        checkLog(snapshot);
        if (applied.getIndex() > snapshot) {
            beginning.set(new FileListSnapshotInfo(List.of(), applied));
        }
        broughtUpTo = snapshot;
    }

    private void checkTerm(long term) throws IOException {
        if (replica.applied().getTerm() > term) {
            throw refused("the database is at " + replica.applied() + ", but the Raft storage knows only term " + term
                    + ": it was formatted or replaced under a used database");
        }
    }

    /** Only synced entries are applied, so what the database has and the log has not was lost by the disk. */
    private void checkLog(long snapshot) throws IOException {
        long index = replica.applied().getIndex();
        if (index > Math.max(loggedUpTo, snapshot)) {
            throw refused("the database is at " + replica.applied() + ", but the log ends with entry " + loggedUpTo
                    + " and the newest snapshot with " + snapshot + ": the disk lost entries that it had synced");
        }
    }

    private static IOException refused(String why) {
        return new IOException(new StartRefused(Halt.Code.CORRUPT_DATA, why + ". " + StartRefused.REPLACE));
    }

    // ---- entries

    /** On the leader, before the log: nothing but to keep hold of the pack. */
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) {
        var message = request.getMessage();
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setLogData(message.getContent())
                .setStateMachineContext(message)
                .build();
    }

    @Override
    public TransactionContext preAppendTransaction(TransactionContext transaction) {
        if (transaction.getStateMachineContext() instanceof Pack pack) {
            pack.markAppended();
        }
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        var entry = transaction.getLogEntry();
        var at = TermIndex.valueOf(entry);
        synchronized (gate) {
            if (paused) {
                // The updater may still call after pause; the entry comes with the snapshot that is being installed.
                return CompletableFuture.failedFuture(new IllegalStateException("a snapshot is being installed"));
            }
            checkBeginning();
            broughtUpTo = Math.max(broughtUpTo, at.getIndex());
            if (at.getIndex() <= replica.applied().getIndex()) {
                return replayed(at);
            }
            decide(transaction, entry, at);
        }
        events.applied();
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    private void decide(TransactionContext transaction, LogEntryProto entry, TermIndex at) {
        try {
            var bytes = entry.getStateMachineLogEntry().getLogData().toByteArray();
            var decided = replica.apply(at, bytes);
            updateLastAppliedTermIndex(at);
            if (transaction.getStateMachineContext() instanceof Pack pack) {
                pack.decide(decided, replica.registry().at().index());
            }
        } catch (UnknownFormatException newer) {
            throw broken(Halt.Code.TOO_OLD, "cannot apply entry " + at + ": " + newer.getMessage(), newer);
        } catch (MalformedBytesException unreadable) {
            throw broken(
                    Halt.Code.CORRUPT_DATA, "cannot apply entry " + at + ": " + unreadable.getMessage(), unreadable);
        } catch (StorageException refused) {
            throw broken(Halt.Code.STORAGE, "cannot store entry " + at + ": " + refused.getMessage(), refused);
        } catch (RuntimeException defect) {
            throw broken(Halt.Code.DEFECT, "cannot apply entry " + at + ": " + defect, defect);
        }
    }

    /** The log's entry at the place behind which it was begun has to be the one that was applied there. */
    private void checkBeginning() {
        var began = unchecked;
        if (began == null) {
            return;
        }
        unchecked = null;
        try {
            var logged =
                    getServer().join().getDivision(getGroupId()).getRaftLog().getTermIndex(began.getIndex());
            if (logged != null && !logged.equals(began)) {
                throw contradicts(logged);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What the database has is passed over if it is brought after all. */
    private CompletableFuture<Message> replayed(TermIndex at) {
        if (at.getTerm() > replica.applied().getTerm()) {
            throw contradicts(at);
        }
        passedOver++;
        return CompletableFuture.completedFuture(Message.EMPTY);
    }

    private IllegalStateException contradicts(TermIndex at) {
        return broken(
                Halt.Code.CORRUPT_DATA,
                "log entry " + at + " contradicts the database, which is at " + replica.applied() + ". "
                        + StartRefused.REPLACE,
                null);
    }

    private IllegalStateException broken(Halt.Code code, String why, @Nullable Throwable cause) {
        ending.end(code, why, cause);
        // Only a test comes here: the exception closes the division.
        return new IllegalStateException(why, cause);
    }

    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        var at = TermIndex.valueOf(term, index);
        synchronized (gate) {
            checkBeginning();
            broughtUpTo = Math.max(broughtUpTo, index);
            if (!paused && index > replica.applied().getIndex()) {
                replica.pass(at);
                updateLastAppliedTermIndex(at);
            }
        }
    }

    // ---- snapshots

    @Override
    public long takeSnapshot() throws IOException {
        synchronized (gate) {
            var at = replica.applied();
            // While entries are played again Ratis would be told of a snapshot beyond what it has brought.
            if (paused || at.getIndex() < 0 || broughtUpTo < at.getIndex()) {
                return RaftLog.INVALID_LOG_INDEX;
            }
            snapshots.take(at, replica::checkpoint);
            // Ratis would throw away the log up to the index that it is told; the SnapshotKeeper keeps some of it.
            return RaftLog.INVALID_LOG_INDEX;
        }
    }

    /** Copies the registry as it is now; entries wait meanwhile. Any thread. */
    Snapshots.Cut cut(Path directory) {
        replica.flush();
        synchronized (gate) {
            var at = replica.applied();
            if (paused || at.getIndex() < 0) {
                return new Snapshots.Cut.Failed(
                        paused
                                ? "this member is taking over a snapshot of another one; ask again in a moment"
                                : "nothing was applied yet");
            }
            replica.checkpoint(directory);
            return new Snapshots.Cut.Done(at.getTerm(), at.getIndex(), replica.registry());
        }
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        var first = beginning.getAndSet(null);
        if (first == null) {
            return snapshots.getLatestSnapshot();
        }
        synchronized (gate) {
            broughtUpTo = Math.max(broughtUpTo, first.getIndex());
            unchecked = first.getTermIndex();
        }
        return first;
    }

    /** Entries that were brought although the database had them; for the tests of this package. */
    long passedOver() {
        synchronized (gate) {
            return passedOver;
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots;
    }

    SnapshotStore snapshots() {
        return snapshots;
    }

    /** A snapshot of another member has arrived; it is published when this returns. */
    @Override
    public void pause() {
        synchronized (gate) {
            paused = true;
        }
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().startAndTransition(this::install, IOException.class);
        replica.tellReplaced();
        events.applied();
    }

    private void install() throws IOException {
        synchronized (gate) {
            snapshots.refresh();
            var newest = snapshots.newest();
            if (newest == null) {
                throw new IOException("the snapshot that was installed is not there");
            }
            try {
                snapshots.makeDurable(newest);
                replica.replaceBy(newest.directory(), newest.at());
                broughtUpTo = newest.at().getIndex();
                unchecked = null;
            } catch (UnknownFormatException newer) {
                ending.end(
                        Halt.Code.TOO_OLD,
                        "cannot take over the snapshot " + newest.directory() + ": " + newer.getMessage(),
                        newer);
                throw newer;
            } catch (IOException | RuntimeException failed) {
                ending.end(Halt.Code.STORAGE, "cannot take over the snapshot " + newest.directory(), failed);
                throw failed;
            }
            setLastAppliedTermIndex(replica.applied());
            paused = false;
        }
    }

    // ---- events

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        configurationTerm = term;
    }

    /** Comes on the apply thread, while the configuration entry that begins the term is being applied. */
    @Override
    public void notifyLeaderReady() {
        events.ready(configurationTerm);
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        events.notLeader();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        events.leaderChanged();
    }

    /** The log's writer stays failed until the process is new. */
    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        ending.end(Halt.Code.STORAGE, "the Raft log cannot be written: " + cause, cause);
    }

    /** The one call that comes in every case in which the division ends: an apply error, removal, a long pause. */
    @Override
    public void close() {
        getLifeCycle().checkStateAndClose();
        events.closed();
    }
}
