package org.mesolith.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.protocol.RaftGroup;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Halt;
import org.mesolith.base.ThreadQueue;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.CommandLog;
import org.mesolith.log.JournalReads;
import org.mesolith.log.LeaderBarriers;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberReads;
import org.mesolith.log.PeerTerms;
import org.mesolith.log.Recovering;
import org.mesolith.log.Restoring;
import org.mesolith.log.Snapshots;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Registry;
import org.mesolith.state.Result;
import org.mesolith.statecodec.CommandCodec;
import org.mesolith.statecodec.UnknownFormatException;
import org.mesolith.store.RegistryStore;
import org.mesolith.store.StorageException;

/**
 * This process' member of the group of masters: everything of consensus, put together.
 *
 * <p>A new data directory becomes a member without a group, which waits to be named in a bootstrap. A member that
 * cannot be trusted any more ends by the {@link Ending} it was given; nothing is repaired in place.
 */
public final class RaftMember implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** Ratis needs a tenth of this; a log worker that hangs must not keep the process. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final MemberCore core;
    private final Founding founding;
    private final OwnCommands commands;
    private final Cluster cluster;
    private final SnapshotKeeper snapshots;
    private final Restorer restorer;
    private final Recoverer recoverer;
    private final Upkeep upkeep;
    private final RatisElections elections;
    private final DeadProcessWatchdog watchdog;
    private final AtomicReference<@Nullable RatisAdapter> adapter = new AtomicReference<>();
    private volatile boolean alarmed;

    private RaftMember(RatisSettings settings, LogListener listener, Ending ending, MemberFiles files)
            throws IOException {
        this.core = core(settings, listener, new ExpectedEnd(ending), files);
        this.founding = new Founding(core);
        this.commands = new OwnCommands(core, founding);
        this.snapshots = new SnapshotKeeper(core, adapter::get);
        this.restorer = new Restorer(core, founding);
        this.recoverer = new Recoverer(core, founding);
        var handover = new LeadHandover(core);
        this.cluster = new Cluster(core, founding, handover, snapshots);
        this.elections = new RatisElections(core.node(), settings.elections());
        this.upkeep = new Upkeep(core, commands, snapshots, handover, elections);
        this.watchdog = new DeadProcessWatchdog(
                core.self(), elections, settings.elections().silenceMax());
    }

    private MemberCore core(RatisSettings settings, LogListener listener, ExpectedEnd ending, MemberFiles files)
            throws IOException {
        var identity = files.identity();
        var self = new MemberAddress(identity.memberId(), settings.host(), settings.raftPort(), settings.httpPort());
        var heard = new DigestAlarm(listener, this::differs);
        var leading = new Leading(self, heard);
        var replica = new Replica(files.store(), heard);
        var housekeeping = new ThreadQueue("raft-housekeeping", fault -> defect(ending, fault));
        var log = new RatisLog(
                leading,
                proposal -> CommandCodec.encode(known(proposal.envelope(), replica.registry()), proposal.command()),
                fault -> defect(ending, fault));
        var node = RatisNode.build(settings, self, group(identity), () -> newAdapter(replica, files, ending));
        return new MemberCore(settings, self, files, replica, leading, log, node, new LagClock(), housekeeping, ending);
    }

    /** Without what masters of the level before do not understand. */
    private static Envelope known(Envelope envelope, Registry now) {
        boolean plain =
                envelope.actor().address().isEmpty() || now.featureLevel().includes(FeatureLevel.JOURNAL);
        return plain
                ? envelope
                : new Envelope(
                        envelope.actor().from(""),
                        envelope.origin(),
                        envelope.requestKey(),
                        envelope.proposedAt(),
                        envelope.proposingTerm());
    }

    private static void defect(Ending ending, Throwable fault) {
        ending.end(Halt.Code.DEFECT, "an event of the raft package failed: " + fault, fault);
    }

    private RatisAdapter newAdapter(Replica replica, MemberFiles files, Ending ending) {
        var made = new RatisAdapter(replica, files.log().lastIndex(), new Events(), ending);
        adapter.set(made);
        return made;
    }

    private static @Nullable RaftGroup group(Identity identity) {
        return identity.stage() == Identity.Stage.EMPTY ? null : Peers.group(identity.groupId(), identity.founders());
    }

    /**
     * Checks and opens the data directory, and makes the member. {@link #start} runs it.
     *
     * @throws StartRefused when the data does not allow it; the code says with what status to end
     */
    public static RaftMember open(RatisSettings settings, LogListener listener, Ending ending)
            throws IOException, StartRefused {
        RatisManners.teach();
        try {
            return open(settings, listener, ending, MemberFiles.open(settings));
        } catch (StorageException unusable) {
            throw StartRefused.of(unusable);
        }
    }

    private static RaftMember open(RatisSettings settings, LogListener listener, Ending ending, MemberFiles files)
            throws IOException, StartRefused {
        try {
            return new RaftMember(settings, listener, ending, files);
        } catch (UnknownFormatException newer) {
            files.close();
            throw new StartRefused(
                    Halt.Code.TOO_OLD, "the database in " + settings.databaseDir() + ": " + newer.getMessage(), newer);
        } catch (IOException | RuntimeException refused) {
            files.close();
            throw refused;
        }
    }

    /**
     * Takes part in the group, if there is one. Blocks until the log is read.
     *
     * @throws StartRefused when the data does not allow it
     */
    public void start() throws IOException, StartRefused {
        upkeep.learnAddresses();
        core.log().start(core.node()::submit);
        try {
            core.node().start(group(founding.identity()));
            founding.storageMade();
        } catch (IOException | RuntimeException failed) {
            core.ending().expect();
            throw refusal(failed);
        }
        if (core.settings().elections().watchdog()) {
            watchdog.start();
        }
        upkeep.start();
    }

    private StartRefused refusal(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return refused;
            }
            if (cause instanceof StorageException unusable) {
                return StartRefused.of(unusable);
            }
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Address already in use")) {
                return new StartRefused(
                        Halt.Code.BAD_SETTINGS,
                        "the consensus port " + core.settings().bindHost() + ":"
                                + core.settings().bindPort()
                                + " is taken by another process; stop it or choose another port",
                        failed);
            }
        }
        return new StartRefused(Halt.Code.STORAGE, "Ratis cannot be started: " + failed, failed);
    }

    /** The log: proposals and barriers. */
    public CommandLog log() {
        return core.log();
    }

    /**
     * Reads of the registry, also while this member follows.
     *
     * @param leaders how it then asks the leader
     */
    public MemberReads reads(LeaderBarriers leaders) {
        return new FreshReads(core, leaders);
    }

    /** Events and audit, also while this member follows. */
    public JournalReads journal() {
        return new StoredJournal(core);
    }

    /** Reads of this member, while it leads, ask the others whether it still does, instead of writing an entry. */
    public void confirmBy(PeerTerms peers) {
        core.log().confirmBy(new StillLeading(core, peers, core.log()::barrierByEntry));
    }

    /** Membership, handover, bootstrap. */
    public ClusterControl cluster() {
        return cluster;
    }

    /** Snapshots of this member. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** How this member begins with the registry of a backup. */
    public Restoring restoring() {
        return restorer;
    }

    /** How this member goes on when the majority of its group is lost. */
    public Recovering recovering() {
        return recoverer;
    }

    /** The durable copy; for the details of tasks. */
    public RegistryStore store() {
        return core.files().store();
    }

    /** The registry as far as this member has applied the log. Any thread. */
    public Registry registry() {
        return core.replica().registry();
    }

    /** The cluster that this member was told to found; null while it waits. Any thread. */
    public @Nullable String clusterId() {
        var identity = founding.identity();
        return identity.stage() == Identity.Stage.EMPTY ? null : identity.clusterId();
    }

    /** The Raft group that this member was told to found; null while it waits. Any thread. */
    public @Nullable String groupId() {
        var identity = founding.identity();
        return identity.stage() == Identity.Stage.EMPTY ? null : identity.groupId();
    }

    /** The members that the cluster was made with; empty for one that joined later, or waits. */
    public List<MemberAddress> founders() {
        return founding.identity().founders();
    }

    /** How many times this data directory was started, this time included. */
    public long life() {
        return founding.identity().life();
    }

    /** The newest entry that this member's disk holds, in the log or in the database; -1 for none. */
    public long logEnd() {
        return Math.max(core.files().log().lastIndex(), core.replica().applied().getIndex());
    }

    /** Another member is at this address from now on, whatever the group's configuration says. Any thread. */
    public void meet(MemberAddress other) {
        core.node().addresses().learn(other);
    }

    /** What Ratis knows; for the tests of this package. */
    RatisNode node() {
        return core.node();
    }

    /** Name and addresses of this member. */
    public MemberAddress self() {
        return core.self();
    }

    /** Free bytes on the disk of the data directory at the last look; -1 before the first. Any thread. */
    public long freeBytes() {
        return upkeep.freeBytes();
    }

    /** Numbers for the metrics page. Any thread. */
    public RaftMetrics metrics() {
        var counters = core.log().counters();
        return new RaftMetrics(
                cluster.status(),
                counters.entries(),
                counters.commands(),
                counters.bytes(),
                counters.refused(),
                core.log().waiting(),
                Arrays.stream(counters.took()).boxed().toList(),
                watchdog.elections(),
                upkeep.freeBytes(),
                upkeep.logBytes(),
                alarmed,
                core.files().log().bytesCut());
    }

    /**
     * Ends the member in order: hands the lead over, if it has it, then closes Ratis, the database and the directory.
     * Every step has a bound.
     */
    @Override
    public void close() {
        handOver();
        closeNow();
    }

    /** The same without handing the lead over: the others see a leader that is suddenly gone. */
    void closeNow() {
        core.ending().expect();
        watchdog.close();
        upkeep.close();
        bounded("Ratis", core.node()::close);
        core.log().close();
        elections.close();
        core.housekeeping().close();
        bounded("the database", core.files()::close);
    }

    private void handOver() {
        if (!core.node().leads()) {
            return;
        }
        try {
            var handed = cluster.transferLeadership(null, LeadHandover.LAST_MAX)
                    .get(2 * LeadHandover.LAST_MAX.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(System.Logger.Level.INFO, "before the end: " + handed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            LOG.log(System.Logger.Level.WARNING, "the lead was not handed over before the end", failed);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void bounded(String what, Step step) {
        var thread = Thread.ofPlatform().name("raft-close").daemon(true).start(() -> {
            try {
                step.run();
            } catch (IOException | RuntimeException failed) {
                LOG.log(System.Logger.Level.WARNING, "closing " + what + " failed", failed);
            }
        });
        try {
            if (!thread.join(CLOSE_MAX)) {
                LOG.log(System.Logger.Level.WARNING, what + " did not close within " + CLOSE_MAX);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ratis' events, on Ratis' threads: note and hand over. */
    private final class Events implements MemberEvents {
        @Override
        public void ready(long term) {
            var registry = core.replica().registry();
            core.leading().ready(term, registry);
            if (!registry.cluster().exists()) {
                core.housekeeping().run(commands::makeCluster);
            }
        }

        @Override
        public void applied() {
            core.leading().applied(core.replica().registry());
        }

        @Override
        public void notLeader() {
            if (core.leading().lost(core.node().term(), core.log()::lost)) {
                core.housekeeping().run(core.log()::lost);
            }
        }

        @Override
        public void leaderChanged() {
            core.housekeeping().run(upkeep::look);
            watchdog.wake();
        }

        @Override
        public void closed() {
            core.ending()
                    .end(
                            Halt.Code.CONSENSUS_CLOSED,
                            "Ratis has closed this member's part of the group: after a long pause, a removal, or an"
                                    + " error that it logged",
                            null);
        }
    }

    /** This member's registry is not the leader's: what it says cannot be trusted. */
    private void differs(Result.DigestChecked checked) {
        alarmed = true;
        var why = "the registry of member " + core.self().member() + " differs from the leader's at "
                + checked.noted() + " (" + Long.toHexString(checked.own()) + ", leader "
                + Long.toHexString(checked.leaders())
                + "): it answers no reads and stands for no election. Keep its data directory for a report. "
                + StartRefused.REPLACE;
        LOG.log(System.Logger.Level.ERROR, why);
        core.log().unreadable(why);
        core.housekeeping().run(() -> {
            watchdog.close();
            var _ = core.node().neverStand();
        });
    }
}
