package org.mesolith.master;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mesolith.backup.BackupSchedule;
import org.mesolith.doctor.Neighbour;
import org.mesolith.doctor.Patient;
import org.mesolith.doctor.Vitals;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.raft.RaftMember;
import org.mesolith.state.FeatureLevel;

/** This master as its doctor sees it. Only the doctor's thread. */
final class OwnPatient implements Patient {
    private static final System.Logger LOG = System.getLogger("org.mesolith.doctor");
    private static final int PROBE_BYTES = 4_096;
    private static final Duration ASK_MAX = Duration.ofSeconds(2);
    private static final Duration HANDOVER_MAX = Duration.ofSeconds(10);
    private static final Path RESIDENT = Path.of("/proc/self/statm");
    private static final int PAGE_BYTES = 4_096;

    private final RaftMember member;
    private final MasterConfig config;
    private final Supplier<@Nullable BackupSchedule> backups;

    OwnPatient(RaftMember member, MasterConfig config, Supplier<@Nullable BackupSchedule> backups) {
        this.member = member;
        this.config = config;
        this.backups = backups;
    }

    @Override
    public ClusterStatus status() {
        return member.cluster().status();
    }

    @Override
    public long flushMicros() {
        long since = System.nanoTime();
        try (var probe = FileChannel.open(
                config.workDir().resolve("doctor-probe"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            probe.write(ByteBuffer.allocate(PROBE_BYTES), 0);
            probe.force(false);
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.WARNING, "the disk of " + config.workDir() + " takes no flush", refused);
            return -1;
        }
        return (System.nanoTime() - since) / 1_000;
    }

    @Override
    public Vitals machine() {
        long free = -1;
        long total = -1;
        try {
            var store = Files.getFileStore(config.workDir());
            free = store.getUsableSpace();
            total = store.getTotalSpace();
        } catch (IOException unknown) {
            LOG.log(System.Logger.Level.WARNING, "the disk of " + config.workDir() + " cannot be measured", unknown);
        }
        long open = -1;
        long openMax = -1;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            open = system.getOpenFileDescriptorCount();
            openMax = system.getMaxFileDescriptorCount();
        }
        return new Vitals(
                -1,
                -1,
                0,
                free,
                total,
                open,
                openMax,
                heapAfterCollection(),
                Runtime.getRuntime().maxMemory(),
                resident(),
                Duration.ZERO);
    }

    /** What lives: garbage that waits for the next collection is no trouble. */
    private static long heapAfterCollection() {
        long bytes = 0;
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            var usage = pool.getCollectionUsage();
            bytes += usage == null ? 0 : usage.getUsed();
        }
        return bytes;
    }

    private static long resident() {
        try {
            return Long.parseLong(Files.readString(RESIDENT).split(" ", -1)[1]) * PAGE_BYTES;
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException notTold) {
            LOG.log(System.Logger.Level.DEBUG, "no size in " + RESIDENT, notTold);
            return -1;
        }
    }

    @Override
    public Neighbour neighbour(MemberAddress other) {
        try {
            try (var raft = new Socket()) {
                var address = new InetSocketAddress(other.host(), other.raftPort());
                if (address.isUnresolved()) {
                    return Neighbour.silent(
                            other.member(), other.httpAuthority(), "the name " + other.host() + " does not resolve");
                }
                raft.connect(address, (int) ASK_MAX.toMillis());
            } catch (IOException closed) {
                return Neighbour.silent(
                        other.member(),
                        other.httpAuthority(),
                        "the consensus port " + other.raftAuthority() + ": " + closed.getMessage());
            }
            long before = System.currentTimeMillis();
            var said = OtherMasters.ask(other.httpAuthority(), ASK_MAX).path("member");
            long after = System.currentTimeMillis();
            if (!said.path("id").asText().equals(other.member())) {
                return Neighbour.silent(
                        other.member(),
                        other.httpAuthority(),
                        "another member answers there: " + said.path("id").asText());
            }
            long half = (after - before) / 2;
            return new Neighbour(
                    other.member(),
                    other.httpAuthority(),
                    null,
                    said.path("clock_ms").asLong() - before - half,
                    half + 1,
                    said.path("flush_micros").asLong(-1));
        } catch (IOException silent) {
            return Neighbour.silent(other.member(), other.httpAuthority(), "the HTTP door: " + silent.getMessage());
        }
    }

    @Override
    public Facts facts() {
        var schedule = backups.get();
        var rules = config.backups();
        var snapshot = member.cluster().status().lastSnapshot();
        return new Facts(
                config.diskReserveBytes(),
                member.registry().cluster().featureLevel(),
                FeatureLevel.NEWEST.number(),
                member.metrics().digestAlarm(),
                schedule == null || rules == null
                        ? null
                        : new Backup(
                                rules.every(),
                                schedule.status().lastAt(),
                                schedule.status().failed()),
                snapshot == null ? null : snapshot.at());
    }

    @Override
    public void handOver(String why) {
        LOG.log(System.Logger.Level.WARNING, "the lead is handed over: " + why);
        var _ = member.cluster()
                .transferLeadership(null, HANDOVER_MAX)
                .thenAccept(handed -> LOG.log(System.Logger.Level.INFO, "handed over: " + handed));
    }
}
