package org.mesolith.master;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.agentlink.LinkDoor;
import org.mesolith.backup.BackupSchedule;
import org.mesolith.backup.BackupSessions;
import org.mesolith.backup.RestoreUploads;
import org.mesolith.base.Check;
import org.mesolith.base.Halt;
import org.mesolith.base.Limits;
import org.mesolith.base.Packaged;
import org.mesolith.base.ThreadQueue;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.doctor.Doctor;
import org.mesolith.doctor.Examination;
import org.mesolith.http.About;
import org.mesolith.http.BackupDoor;
import org.mesolith.http.EventStreams;
import org.mesolith.http.Gate;
import org.mesolith.http.OwnLog;
import org.mesolith.http.RaftPage;
import org.mesolith.http.Routes;
import org.mesolith.leader.LeaderPorts;
import org.mesolith.leader.Leaders;
import org.mesolith.log.ClusterControl;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.CommandLog;
import org.mesolith.log.LogListener;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberReads;
import org.mesolith.logging.ProcessLog;
import org.mesolith.logging.Verbosity;
import org.mesolith.metrics.Sample;
import org.mesolith.pages.LogFile;
import org.mesolith.raft.RaftMember;
import org.mesolith.raft.RatisSettings;
import org.mesolith.raft.StartRefused;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.wire.HttpServer;
import org.mesolith.wire.ServerSettings;

/** One master: every {@code new} in one place. */
final class Master implements AutoCloseable {
    private static final Duration CLOSE_GRACE = Duration.ofMillis(500);
    private static final Duration DIGEST_EVERY = Duration.ofMinutes(1);
    private static final long REFUSED_BYTES_MAX = 8 << 20;
    private static final Duration BOOTSTRAP_WITHIN = Duration.ofSeconds(20);

    private final AppliedCounts counts = new AppliedCounts();
    private final RaftMember member;
    private final ThreadQueue queue;
    private final EventStreams streams = new EventStreams(new SchedulerCodec(CodecLimits.DEFAULT));
    private final LinkDoor links;
    private final Leaders leaders;
    private final HttpPeers peers = new HttpPeers();
    private final MemberReads reads;
    private final ThreadQueue copies = new ThreadQueue(
            "copies", fault -> Halt.now(Halt.Code.DEFECT, "an event of backups failed: " + fault, fault));
    private volatile @Nullable BackupSchedule schedule;

    /** Looks at files of the operator; a slow disk holds up nothing else. */
    private final ThreadQueue files =
            new ThreadQueue("files", fault -> Halt.now(Halt.Code.DEFECT, "a look at a file failed: " + fault, fault));

    private final ThreadQueue looks = new ThreadQueue(
            "doctor", fault -> Halt.now(Halt.Code.DEFECT, "a look of the doctor failed: " + fault, fault));
    private final Doctor doctor;
    private final HttpServer server;
    private final Introduction introduction;

    /**
     * Opens the data directory, joins the group and opens the doors.
     *
     * @param reader runs reads that may wait for the disk
     * @throws StartRefused when the durable data does not allow it
     * @throws IOException when the directory or a port cannot be used
     */
    Master(MasterConfig config, Executor reader) throws IOException, StartRefused {
        Files.createDirectories(config.workDir());
        links = new LinkDoor(
                new LinkCodec(CodecLimits.DEFAULT.withBytesMax(Limits.LINK_FRAME_BYTES_MAX)),
                config.leader().acls());
        var listener = new Relay(counts);
        member = RaftMember.open(settings(config), listener, Halt::now);
        queue = new ThreadQueue(
                "leader", fault -> Halt.now(Halt.Code.DEFECT, "an event of the leader failed: " + fault, fault));
        doctor = new Doctor(new OwnPatient(member, config, () -> schedule), looks, System::currentTimeMillis);
        reads = member.reads(peers);
        member.confirmBy(peers);
        leaders = new Leaders(
                queue,
                config.leaderAs(member.self().member()),
                new LeaderPorts(member.log(), member.store()::details, reader, streams, links, streams.operators()),
                member.self().hashCode() ^ System.nanoTime());
        listener.target.set(leaders);
        var serverHere = new AtomicReference<HttpServer>();
        var metrics = new MasterMetrics(
                leaders,
                streams,
                links,
                () -> Check.present(serverHere.get(), "the HTTP server"),
                this::groupSamples,
                queue::waiting);
        var routes = Routes.of(
                leaders,
                streams,
                about(config),
                metrics,
                new GroupDoor(member, zone(config), doctor::last, queue::now),
                new Routes.Access(
                        new Gate(config.authenticator(), config.leader().acls()),
                        principal -> links.upgrade(leaders, principal),
                        copies(config),
                        reads,
                        member.journal(),
                        Limits.LEADER_PATIENCE));
        var handler = new RefusedCalls(routes, config.workDir(), REFUSED_BYTES_MAX);
        server = HttpServer.start(ServerSettings.at(config.bind()), handler);
        serverHere.set(server);
        var whitelist = config.whitelist();
        if (whitelist != null) {
            new WhitelistFile(whitelist, files, leaders::whitelist).start();
        }
        introduction = new Introduction(
                member,
                zone(config),
                new DeadMembers(
                        member, config.members().deadAfter(), config.members().autopilot()),
                new KeptMasters(config.workDir(), config.members().others()),
                (code, why) -> Halt.now(code, why, null));
        introduction.check();
        member.start();
        introduction.start();
        doctor.start();
    }

    private List<Sample> groupSamples() {
        var samples = new ArrayList<>(RaftSamples.of(member.metrics()));
        samples.addAll(BackupSamples.of(schedule));
        samples.addAll(DoctorSamples.of(doctor.last()));
        samples.addAll(StoreSamples.of(member.store().figures()));
        samples.addAll(counts.samples());
        return samples;
    }

    private BackupDoor.Sides copies(MasterConfig config) throws IOException {
        var maker = new Maker(member);
        var sessions = new BackupSessions(config.workDir().resolve("backup"), member.snapshots(), reads, maker, copies);
        var rules = config.backups();
        if (rules != null) {
            var made = new BackupSchedule(rules, sessions, maker, copies);
            schedule = made;
            made.start();
        }
        return new BackupDoor.Sides(
                sessions,
                new RestoreUploads(config.workDir().resolve("restore"), member.restoring(), member.groupId()),
                member.recovering());
    }

    /** Who makes backups here. */
    private record Maker(RaftMember of) implements BackupSessions.Maker {
        @Override
        public String version() {
            return MasterConfig.VERSION;
        }

        @Override
        public String member() {
            return of.self().member();
        }

        @Override
        public @Nullable String groupId() {
            return of.groupId();
        }
    }

    /** This process' member of the group. */
    RaftMember member() {
        return member;
    }

    private static RatisSettings settings(MasterConfig config) {
        var disk = RatisSettings.DiskRules.DEFAULT;
        return new RatisSettings(
                config.workDir(),
                config.bind().getAddress().getHostAddress(),
                config.raftPort(),
                config.announced(),
                config.announcedRaftPort(),
                config.announcedPort(),
                new RatisSettings.Elections(config.electionMin(), config.electionMax(), true),
                RatisSettings.SnapshotRules.DEFAULT,
                new RatisSettings.DiskRules(
                        disk.refusePerMille(), config.diskReserveBytes(), disk.haltPerMille(), disk.checkEvery()),
                config.journal(),
                DIGEST_EVERY);
    }

    private static String zone(MasterConfig config) {
        var domain = config.leader().self().domain();
        return domain == null ? "" : domain.region() + "/" + domain.zone();
    }

    private About about(MasterConfig config) {
        var directory = config.logDir();
        var file = directory == null ? null : new LogFile(OwnLog.NAME, ProcessLog.newest(directory, Logging.NAME));
        return new About(
                MasterConfig.VERSION,
                MasterConfig.MESOS_VERSION,
                Packaged.at(Master.class),
                config.hostname() + ":" + config.announcedPort(),
                config.shown(),
                new OwnLog(new Verbosity(files, level -> Logging.verbose(config, level)), file),
                config.leader().roles());
    }

    /** Hands the lead over, tells everybody to look elsewhere, and ends in order. Every step has a bound. */
    @Override
    public void close() {
        introduction.close();
        member.close();
        streams.endAll();
        links.closeAll("this master stops");
        server.close(CLOSE_GRACE);
        queue.close();
        copies.close();
        peers.close();
        files.close();
        looks.close();
    }

    /** The log's events go to the leader, which is made after the log is opened and before it is started. */
    private static final class Relay implements LogListener {
        private final AppliedCounts counts;
        private final AtomicReference<@Nullable LogListener> target = new AtomicReference<>();

        Relay(AppliedCounts counts) {
            this.counts = counts;
        }

        private LogListener target() {
            return Check.present(target.get(), "the leader behind the log");
        }

        @Override
        public void onApplied(LogEntry entry, Outcome outcome, Registry after) {
            counts.applied(entry, outcome);
            target().onApplied(entry, outcome, after);
        }

        @Override
        public void onReplaced(Registry now) {
            target().onReplaced(now);
        }

        @Override
        public void onLeaderReady(long term, Registry registry) {
            target().onLeaderReady(term, registry);
        }

        @Override
        public void onStepDown() {
            target().onStepDown();
        }

        @Override
        public void onLeaderKnown(@Nullable MemberAddress leader) {
            target().onLeaderKnown(leader);
        }
    }

    /** The group of masters, for the page that shows and makes it. */
    private record GroupDoor(RaftMember member, String zone, Supplier<Examination> doctor, Supplier<Instant> clock)
            implements RaftPage.Group {
        @Override
        public ClusterStatus status() {
            return member.cluster().status();
        }

        @Override
        public @Nullable String clusterId() {
            return member.clusterId();
        }

        @Override
        public RaftPage.Facts facts() {
            var registry = member.registry();
            return new RaftPage.Facts(
                    member.freeBytes(),
                    registry.cluster().featureLevel(),
                    registry.cluster().epoch(),
                    member.life(),
                    zone,
                    registry.membership());
        }

        @Override
        public Instant now() {
            return clock.get();
        }

        @Override
        public Examination examination() {
            return doctor.get();
        }

        @Override
        public RaftPage.Software software(MemberAddress other) throws IOException {
            return OtherMasters.software(other);
        }

        @Override
        public void meet(MemberAddress other) {
            member.meet(other);
        }

        @Override
        public CommandLog log() {
            return member.log();
        }

        @Override
        public ClusterControl control() {
            return member.cluster();
        }

        @Override
        public @Nullable String groupId() {
            return member.groupId();
        }

        @Override
        public @Nullable String initialise(String clusterId, String groupId, List<MemberAddress> members)
                throws InterruptedException, TimeoutException {
            try {
                var done = member.cluster()
                        .bootstrap(clusterId, groupId, members)
                        .get(BOOTSTRAP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                return switch (done) {
                    case ClusterControl.Bootstrap.Done _ -> null;
                    case ClusterControl.Bootstrap.Refused(var why) -> why;
                };
            } catch (TimeoutException late) {
                throw new TimeoutException("the member is still joining its group, for more than "
                        + BOOTSTRAP_WITHIN.toSeconds() + " s now; ask again");
            } catch (ExecutionException failed) {
                return "the member could not join its group: " + failed.getCause();
            }
        }
    }
}
