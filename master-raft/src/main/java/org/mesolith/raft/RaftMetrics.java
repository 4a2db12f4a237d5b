package org.mesolith.raft;

import java.util.List;
import org.mesolith.log.ClusterStatus;

/**
 * The numbers of a member's consensus at one moment, for the metrics page. Plain values: Ratis' own metrics vanish when
 * a leader steps down.
 *
 * @param status role, term, indices, and each member's lag and silence
 * @param entries sent to Ratis since the start
 * @param commands in those entries
 * @param bytes of those entries
 * @param refused commands refused because too many waited
 * @param waiting commands that wait for an entry now
 * @param entryMicros how many entries took less than 2^n microseconds, by n; the last holds all that took longer
 * @param forcedElections elections begun because the leader's process was dead
 * @param freeBytes on the disk of the data directory; -1 when not known yet
 * @param logBytes of the log's segments
 * @param digestAlarm true when this member's registry differed from the leader's
 * @param cutBytes what the check at the start cut from the log
 */
public record RaftMetrics(
        ClusterStatus status,
        long entries,
        long commands,
        long bytes,
        long refused,
        int waiting,
        List<Long> entryMicros,
        long forcedElections,
        long freeBytes,
        long logBytes,
        boolean digestAlarm,
        long cutBytes) {
    public RaftMetrics {
        entryMicros = List.copyOf(entryMicros);
    }
}
