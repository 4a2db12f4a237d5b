package org.mesolith.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberStatus;

/** What a master thinks of what it has measured: pure. The limits stand in {@code docs/operations/doctor.md}. */
final class Opinions {
    static final Duration FLUSH_WARN = Duration.ofMillis(50);
    static final Duration FLUSH_BAD = Duration.ofMillis(500);
    static final Duration CLOCK_WARN = Duration.ofMillis(500);
    static final Duration CLOCK_BAD = Duration.ofSeconds(5);
    static final long FILES_MIN = 4_096;
    static final int FILES_WARN_PERCENT = 70;
    static final int FILES_BAD_PERCENT = 90;
    static final int HEAP_WARN_PERCENT = 75;
    static final int HEAP_BAD_PERCENT = 90;
    static final long LAG_ENTRIES = 10_000;
    static final Duration LAG_TIME = Duration.ofSeconds(10);
    static final Duration SILENCE = Duration.ofSeconds(10);
    static final Duration SNAPSHOT_AGE = Duration.ofHours(3);

    private final Vitals vitals;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    Opinions(Vitals vitals, Instant now) {
        this.vitals = vitals;
        this.now = now;
    }

    List<Finding> all() {
        return findings;
    }

    /** The machine of this member. */
    Opinions machine(long refuseBytes) {
        flush();
        space(refuseBytes);
        files();
        memory();
        long jump = vitals.clockJump().toMillis();
        findings.add(Finding.graded(
                "own clock",
                Math.abs(jump) > CLOCK_WARN.toMillis(),
                false,
                jump + " ms moved since the start",
                "the system's clock was set: this process goes on by the old one until it is restarted; restart it when"
                        + " it does not lead"));
        return this;
    }

    private void flush() {
        if (vitals.flushes() == 0) {
            findings.add(Finding.bad(
                    "flush", "no flush of the disk came back", "look at the disk of the work_dir and at its mount"));
            return;
        }
        findings.add(Finding.graded(
                "flush",
                vitals.flushMicros() > FLUSH_WARN.toNanos() / 1_000,
                vitals.flushMicros() > FLUSH_BAD.toNanos() / 1_000,
                "median " + millis(vitals.flushMicros()) + ", longest " + millis(vitals.flushMicrosMax()) + " of "
                        + vitals.flushes(),
                "every write waits for this disk: give the work_dir one that nothing else uses"));
    }

    private static String millis(long micros) {
        return micros / 1_000 + "." + micros / 100 % 10 + " ms";
    }

    private void space(long refuseBytes) {
        long free = vitals.freeBytes();
        long least = Math.max(refuseBytes, vitals.totalBytes() / 20);
        findings.add(Finding.graded(
                "disk space",
                free < 2 * least,
                free < least,
                (free >> 20) + " MB free of " + (vitals.totalBytes() >> 20) + " MB",
                "below " + (least >> 20) + " MB what makes the state grow is refused, below 1 % the master ends: make"
                        + " room"));
    }

    private void files() {
        long max = vitals.openFilesMax();
        if (max <= 0) {
            return;
        }
        long percent = 100 * vitals.openFiles() / max;
        findings.add(Finding.graded(
                "open files",
                percent > FILES_WARN_PERCENT || max < FILES_MIN,
                percent > FILES_BAD_PERCENT,
                vitals.openFiles() + " of " + max,
                "raise the limit of the service (`LimitNOFILE=65536`, `ulimit -n`) and restart it"));
    }

    private void memory() {
        long max = vitals.heapBytesMax();
        if (max <= 0) {
            return;
        }
        long percent = 100 * Math.max(0, vitals.heapBytes()) / max;
        findings.add(Finding.graded(
                "memory",
                percent > HEAP_WARN_PERCENT,
                percent > HEAP_BAD_PERCENT,
                "heap " + (vitals.heapBytes() >> 20) + " of " + (max >> 20) + " MB after the last collection, process "
                        + (vitals.residentBytes() >> 20) + " MB",
                "the registry outgrows the heap: raise -Xmx in conf/jvm-master.options"));
    }

    /** The others, as far as they are reached. */
    Opinions neighbours(List<Neighbour> neighbours) {
        for (var other : neighbours) {
            if (other.trouble() != null) {
                findings.add(Finding.bad(
                        "reach " + other.address(),
                        other.trouble(),
                        "is it running, does its name resolve, is a firewall between?"));
                continue;
            }
            findings.add(Finding.ok("reach " + other.address(), "both ports answer"));
            var ahead = other.clockAheadMillis();
            if (ahead != null) {
                long off = Math.max(0, Math.abs(ahead) - other.uncertainMillis());
                findings.add(Finding.graded(
                        "clock of " + other.address(),
                        off > CLOCK_WARN.toMillis(),
                        off > CLOCK_BAD.toMillis(),
                        ahead + " ms ahead (known to " + other.uncertainMillis() + " ms)",
                        "deadlines go by the leader's clock: look at the time service of both machines"));
            }
        }
        return this;
    }

    /** How far everybody is. */
    Opinions pace(ClusterStatus status) {
        if (status.role().isAside()) {
            findings.add(Finding.warn(
                    "part", status.role() + ", without a vote", "`meso cluster members` says what it waits for"));
            return this;
        }
        if (status.leader() == null) {
            findings.add(Finding.bad("leader", "none is known", "start masters until a majority runs"));
            return this;
        }
        findings.add(Finding.ok("leader", status.leader().httpAuthority() + " in term " + status.term()));
        for (var member : status.members()) {
            if (status.ready() && !member.address().equals(status.self())) {
                follower(member);
            }
        }
        return this;
    }

    private void follower(MemberStatus member) {
        var silence = member.silence();
        var behind = member.behind();
        boolean silent = silence == null || silence.compareTo(SILENCE) > 0;
        boolean late = member.lag() > LAG_ENTRIES || (behind != null && behind.compareTo(LAG_TIME) > 0);
        findings.add(Finding.graded(
                "pace of " + member.address().httpAuthority(),
                late,
                silent,
                member.lag() + " entries behind, heard " + (silence == null ? "never" : silence.toMillis() + " ms ago"),
                silent
                        ? "start it, or replace it: `meso cluster replace`"
                        : "look at its disk and at the network between"));
    }

    /** Snapshot, backup, level, fingerprint. */
    Opinions facts(Patient.Facts facts) {
        var snapshot = facts.snapshotAt();
        if (snapshot != null) {
            var age = Duration.between(snapshot, now);
            findings.add(Finding.graded(
                    "snapshot",
                    age.compareTo(SNAPSHOT_AGE) > 0,
                    false,
                    age.toMinutes() + " min old",
                    "a busy member takes one each hour: its log may tell why it does not"));
        }
        backup(facts.backup());
        findings.add(Finding.graded(
                "feature level",
                facts.featureLevel() > 0 && facts.featureLevel() < facts.featureLevelMax(),
                false,
                facts.featureLevel() + ", this software knows up to " + facts.featureLevelMax(),
                "when every master is upgraded: `meso cluster finalize`"));
        findings.add(Finding.graded(
                "fingerprint",
                false,
                facts.differs(),
                facts.differs() ? "differs from the leader's" : "no difference seen",
                "keep its work_dir for a report, and replace the member"));
        return this;
    }

    private void backup(Patient.@Nullable Backup backup) {
        if (backup == null) {
            findings.add(
                    Finding.warn("backup", "this master makes none by itself", "set --backup_every and --backup_dir"));
            return;
        }
        var last = backup.lastAt();
        boolean late = last != null
                && Duration.between(last, now).compareTo(backup.every().multipliedBy(2)) > 0;
        findings.add(Finding.graded(
                "backup",
                last == null || backup.failed() > 0,
                late,
                (last == null ? "none yet" : Duration.between(last, now).toMinutes() + " min old") + ", "
                        + backup.failed() + " failed",
                "the log of this master says why; make one by hand: `meso cluster backup create FILE`"));
    }
}
