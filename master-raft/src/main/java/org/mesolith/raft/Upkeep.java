package org.mesolith.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.DurableFiles;
import org.mesolith.base.Halt;
import org.mesolith.log.MemberAddress;
import org.mesolith.state.row.MembershipRow;

/** What is done every now and then, on the housekeeping thread: deadlines, disk, snapshots, fingerprints. */
final class Upkeep {
    /** How often the small things are looked at: deadlines, who leads, whether a segment rolled. */
    private static final Duration OFTEN = Duration.ofMillis(100);

    private static final Duration SNAPSHOTS_EVERY = Duration.ofSeconds(2);

    private final MemberCore core;
    private final OwnCommands commands;
    private final SnapshotKeeper snapshots;
    private final LeadHandover handover;
    private final DiskSpace disk;
    private final Ballast ballast;
    private final StrandedGrowth growth;
    private final SilentLinks links;
    private final FlushKeeper flushes;
    private @Nullable FileTime syncedAt;

    /** The disk is exhausted and this process is about to end. */
    private boolean leaving;

    private MembershipRow learnt = MembershipRow.NONE;

    private volatile long freeBytes = -1;
    private volatile long logBytes;
    private volatile boolean closed;

    /** Takes each moment of a look; does nothing where who stands or gives up when is Ratis' affair alone. */
    private final LongConsumer silence;

    Upkeep(
            MemberCore core,
            OwnCommands commands,
            SnapshotKeeper snapshots,
            LeadHandover handover,
            RatisElections elections) {
        this.core = core;
        this.commands = commands;
        this.snapshots = snapshots;
        this.handover = handover;
        this.disk = new DiskSpace(core.settings().dataDir(), core.settings().disk());
        this.ballast = new Ballast(core.settings().dataDir());
        this.growth = new StrandedGrowth(core);
        this.links = new SilentLinks(core);
        var times = core.settings().elections();
        this.silence = times.watchdog() ? silence(core.node(), elections, times) : now -> {};
        this.flushes = new FlushKeeper(
                () -> core.replica().applied().getIndex(), core.replica()::flush, core.ending(), System::nanoTime);
    }

    private static LongConsumer silence(RatisNode node, RatisElections elections, RatisSettings.Elections times) {
        long now = System.nanoTime();
        var silentLeader = new SilentLeader(elections, times.silenceMin(), now);
        var lead = new RatisLead(node, times.silenceMax(), elections.askers());
        var deafLeader = new DeafLeader(lead, times.silenceMax(), now);
        return moment -> {
            silentLeader.look(moment);
            deafLeader.look(moment);
        };
    }

    void start() {
        every(OFTEN, this::small);
        every(core.settings().disk().checkEvery(), this::checkDisk);
        every(SNAPSHOTS_EVERY, this::checkLog);
    }

    /** Nothing new is begun. */
    void close() {
        closed = true;
    }

    /** Free bytes at the last look; -1 before the first. */
    long freeBytes() {
        return freeBytes;
    }

    /** Bytes of the log's segments at the last look. */
    long logBytes() {
        return logBytes;
    }

    private void every(Duration period, Runnable work) {
        core.housekeeping().run(() -> {
            if (!closed) {
                work.run();
                core.housekeeping().runAfter(period, () -> every(period, work));
            }
        });
    }

    private void small() {
        look();
        growth.look();
        links.look();
        silence.accept(System.nanoTime());
        flushes.look();
        noteNewest();
        learnAddresses();
        core.log().sweep();
        commands.checkDigests();
        commands.pruneJournal();
        syncLogDir();
    }

    /** Members say in the replicated state where they are. */
    void learnAddresses() {
        var known = core.replica().registry().membership();
        if (known.equals(learnt)) {
            return;
        }
        var before = learnt;
        learnt = known;
        for (var member : known.members()) {
            // A row that stayed the same may be older than what the member has said since.
            if (!member.isRemoved() && !member.equals(before.member(member.id()))) {
                core.node()
                        .addresses()
                        .learn(new MemberAddress(member.id(), member.host(), member.raftPort(), member.httpPort()));
            }
        }
    }

    private void noteNewest() {
        var division = core.node().division();
        if (division != null) {
            core.lags().note(division.getRaftLog().getNextIndex() - 1, System.nanoTime());
        }
    }

    /** A leader can lose its place without being told, and a follower its leader. */
    void look() {
        var leading = core.leading();
        var node = core.node();
        leading.known(node.leader());
        long elected = leading.electedTerm();
        if (elected != 0 && (!node.leads() || node.term() != elected) && leading.lost(elected, core.log()::lost)) {
            core.log().lost();
        }
    }

    private @Nullable Path logDir() {
        var division = core.node().division();
        return division == null
                ? null
                : division.getRaftStorage()
                        .getStorageDir()
                        .getRoot()
                        .toPath()
                        .resolve(RaftStorageDirectory.CURRENT_DIR_NAME);
    }

    /** Ratis syncs its files, but not the directory in which they appear: when a segment rolls, and when it votes. */
    private void syncLogDir() {
        var directory = logDir();
        if (directory == null) {
            return;
        }
        try {
            var changedAt = Files.getLastModifiedTime(directory);
            if (!changedAt.equals(syncedAt)) {
                DurableFiles.sync(directory);
                syncedAt = changedAt;
            }
        } catch (IOException failed) {
            core.ending().end(Halt.Code.STORAGE, "the log's directory cannot be synced: " + failed, failed);
        }
    }

    private void checkLog() {
        var directory = logDir();
        if (directory == null) {
            return;
        }
        try {
            List<LogSegment> segments = LogSegment.list(directory);
            logBytes = LogSegment.bytesAfter(segments, -1);
            snapshots.takeIfDue(segments);
            snapshots.purge(segments);
        } catch (IOException failed) {
            core.ending().end(Halt.Code.STORAGE, "the log's directory cannot be read: " + failed, failed);
        }
    }

    private void checkDisk() {
        if (leaving) {
            // A second look would take the handover that is under way for one that failed.
            return;
        }
        try {
            var space = disk.read();
            freeBytes = space.freeBytes();
            var sentence = space.sentence(core.settings().dataDir());
            switch (space.verdict()) {
                case PLENTY -> {
                    core.log().noSpace(null);
                    ballast.lay();
                }
                case SHORT -> core.log().noSpace(sentence);
                case EXHAUSTED -> exhausted(sentence);
            }
        } catch (IOException failed) {
            core.ending().end(Halt.Code.STORAGE, "the disk cannot be measured: " + failed, failed);
        }
    }

    private void exhausted(String why) throws IOException {
        leaving = true;
        core.log().noSpace(why);
        ballast.drop();
        if (!core.node().leads()) {
            core.ending().end(Halt.Code.STORAGE, why, null);
            return;
        }
        var _ = handover.to(null, LeadHandover.LAST_MAX)
                .thenAccept(handed -> core.ending().end(Halt.Code.STORAGE, why + " (handover: " + handed + ")", null));
    }
}
