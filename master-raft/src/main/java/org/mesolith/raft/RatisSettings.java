package org.mesolith.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a member of the group can be told.
 *
 * @param dataDir holds everything this member keeps
 * @param bindHost address the consensus port is bound to
 * @param host name or address under which the other members reach it
 * @param bindPort TCP port of consensus on which it listens
 * @param raftPort TCP port of consensus that the others are told
 * @param httpPort TCP port of the HTTP door, told to clients that ask another member
 * @param elections how silence becomes an election
 * @param snapshots when snapshots are taken
 * @param disk when a full disk is met
 * @param journal how much of events and audit is kept
 * @param digestEvery how often the leader has fingerprints compared; zero: never
 */
public record RatisSettings(
        Path dataDir,
        String bindHost,
        int bindPort,
        String host,
        int raftPort,
        int httpPort,
        Elections elections,
        SnapshotRules snapshots,
        DiskRules disk,
        JournalRules journal,
        Duration digestEvery) {
    /**
     * When a follower that hears nothing stands for election: after a random time between the two.
     *
     * @param silenceMin also twice the leader's heartbeat
     * @param watchdog whether a leader's dead process is noticed by its closed connection
     */
    public record Elections(Duration silenceMin, Duration silenceMax, boolean watchdog) {
        /** Long, so that a starved machine does not lose its leader; the watchdog sees dead processes at once. */
        public static final Elections DEFAULT = new Elections(Duration.ofSeconds(1), Duration.ofSeconds(2), true);

        /** One that heard no majority and gave up its lead leaves it to the others for so long to stand. */
        Duration afterLead() {
            return silenceMax.multipliedBy(3).dividedBy(2);
        }
    }

    /**
     * A snapshot is due as soon as one of these is passed and something was applied since the last one.
     *
     * @param entries applied since the last snapshot
     * @param logBytes of the log since the last snapshot
     * @param age of the last snapshot
     * @param preserveEntries entries of the log kept behind a snapshot, so that a member that was away shortly needs
     *     none
     * @param preserveBytes bytes of the log kept for that at most
     */
    public record SnapshotRules(long entries, long logBytes, Duration age, long preserveEntries, long preserveBytes) {
        public static final SnapshotRules DEFAULT =
                new SnapshotRules(200_000, 256L << 20, Duration.ofHours(1), 100_000, 512L << 20);
    }

    /**
     * What is done when the disk fills up. Both limits of a pair must be kept.
     *
     * @param refusePerMille free share below which new commands are refused, per mille
     * @param refuseBytes free bytes below which new commands are refused
     * @param haltPerMille free share below which the lead is handed over and the process ends, per mille
     * @param checkEvery how often
     */
    public record DiskRules(int refusePerMille, long refuseBytes, int haltPerMille, Duration checkEvery) {
        public static final DiskRules DEFAULT = new DiskRules(50, 1L << 30, 10, Duration.ofSeconds(1));
    }

    /**
     * How much of events and audit is kept; what is older goes, and of the rest the oldest.
     *
     * @param eventsMax events
     * @param eventBytesMax their size
     * @param eventAgeMax their age
     * @param auditsMax rows of the audit
     * @param auditBytesMax their size
     * @param auditAgeMax their age
     * @param checkEvery how often the leader looks
     */
    public record JournalRules(
            long eventsMax,
            long eventBytesMax,
            Duration eventAgeMax,
            long auditsMax,
            long auditBytesMax,
            Duration auditAgeMax,
            Duration checkEvery) {
        public static final JournalRules DEFAULT = new JournalRules(
                500_000,
                256L << 20,
                Duration.ofDays(7),
                100_000,
                128L << 20,
                Duration.ofDays(400),
                Duration.ofSeconds(10));
    }

    /**
     * @throws IllegalArgumentException listing everything that is wrong
     */
    public RatisSettings {
        var complaints = new ArrayList<String>();
        check(complaints, bindPort > 0 && bindPort <= 65_535, "raft port " + bindPort + " is not in 1..65535");
        check(complaints, raftPort > 0 && raftPort <= 65_535, "raft port " + raftPort + " is not in 1..65535");
        check(complaints, httpPort > 0 && httpPort <= 65_535, "http port " + httpPort + " is not in 1..65535");
        check(complaints, raftPort != httpPort, "raft port and http port are both " + raftPort);
        check(complaints, !host.isBlank(), "the host for other members is empty");
        check(
                complaints,
                elections.silenceMin.toMillis() >= 50 && elections.silenceMax.compareTo(elections.silenceMin) >= 0,
                "election silence " + elections.silenceMin + " to " + elections.silenceMax
                        + " is not a range of at least PT0.05S");
        check(complaints, snapshots.entries > 0, "entries between snapshots must be positive: " + snapshots.entries);
        check(
                complaints,
                journal.eventsMax > 0
                        && journal.auditsMax > 0
                        && journal.eventBytesMax > 0
                        && journal.auditBytesMax > 0
                        && journal.eventAgeMax.isPositive()
                        && journal.auditAgeMax.isPositive(),
                "of events and audit at least one must be kept, for a time above zero: " + journal);
        check(
                complaints,
                disk.haltPerMille <= disk.refusePerMille,
                "the disk halts at " + disk.haltPerMille + " per mille free, above the " + disk.refusePerMille
                        + " at which commands are refused");
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", complaints));
        }
    }

    private static void check(List<String> complaints, boolean holds, String complaint) {
        if (!holds) {
            complaints.add(complaint);
        }
    }

    /** Ratis' own storage; nothing else may lie there. */
    Path raftDir() {
        return dataDir.resolve("raft");
    }

    /** Where Ratis moves groups that this member left. */
    Path removedDir() {
        return dataDir.resolve("removed");
    }

    /** The live database: on the same file system as the snapshots, for hard links. */
    Path databaseDir() {
        return dataDir.resolve("db");
    }

    /** Where the beginning of a restored group is laid ready: on the same file system as Ratis' storage. */
    Path restoredDir() {
        return dataDir.resolve("restored");
    }

    /** The directory of one group in Ratis' storage. */
    Path groupDir(String groupId) {
        return raftDir().resolve(groupId);
    }
}
