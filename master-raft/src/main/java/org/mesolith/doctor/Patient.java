package org.mesolith.doctor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;

/** The master that is looked after. Every method may block for seconds; only the doctor's thread. */
public interface Patient {
    /** The group as this member sees it. */
    ClusterStatus status();

    /** Flushes a small file in the data directory; microseconds, or -1 when the disk refuses. */
    long flushMicros();

    /** Files, memory, room on the disk; the fields of the flushes and of the clock are filled in by the doctor. */
    Vitals machine();

    /** Asks another member, tries its ports and its name. */
    Neighbour neighbour(MemberAddress other);

    /** What there is beside measurements. */
    Facts facts();

    /** Hands the lead to another member, for this reason; it is written to the log. */
    void handOver(String why);

    /**
     * Facts of the member.
     *
     * @param refuseBytes free bytes below which commands are refused
     * @param featureLevel of the cluster
     * @param featureLevelMax that this software knows
     * @param differs the registry differed from the leader's
     * @param backup null when this master makes no backups by itself
     * @param snapshotAt when the newest snapshot was taken; null when there is none
     */
    record Facts(
            long refuseBytes,
            int featureLevel,
            int featureLevelMax,
            boolean differs,
            @Nullable Backup backup,
            @Nullable Instant snapshotAt) {}

    /**
     * Scheduled backups.
     *
     * @param lastAt null before the first
     */
    record Backup(Duration every, @Nullable Instant lastAt, long failed) {}
}
