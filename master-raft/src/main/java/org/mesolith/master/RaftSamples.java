package org.mesolith.master;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.metrics.Sample;
import org.mesolith.raft.RaftMetrics;

/** The numbers of consensus, for the metrics page. */
final class RaftSamples {
    /** Entries under way while a member keeps pace. */
    private static final long CAUGHT_UP_ENTRIES = 16;

    private RaftSamples() {}

    /** How long entries took from the proposer to their decision, as Prometheus counts: all up to a bound. */
    private static void entryTimes(List<Sample> samples, RaftMetrics metrics) {
        long sum = 0;
        var counts = metrics.entryMicros();
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            sum += counts.get(bucket);
            var bound = bucket == counts.size() - 1 ? "+Inf" : Long.toString(1L << bucket);
            samples.add(new Sample(
                    "raft/entry_micros/" + bound,
                    Sample.Kind.COUNTER,
                    "Entries of this leader that took up to so many microseconds.",
                    sum,
                    "raft/entry_micros_bucket",
                    List.of(new Sample.Label("le", bound))));
        }
    }

    static List<Sample> of(RaftMetrics metrics) {
        var samples = new ArrayList<Sample>();
        samples.add(Sample.gauge(
                "raft/term", "Newest Raft term seen.", metrics.status().term()));
        samples.add(Sample.gauge(
                "raft/leader",
                "1 on the member that leads and is ready.",
                metrics.status().ready() ? 1 : 0));
        for (var member : metrics.status().members()) {
            if (member.address().member().equals(metrics.status().self().member())) {
                samples.add(Sample.gauge("raft/commit_index", "Newest index on a majority.", member.commitIndex()));
                samples.add(Sample.gauge("raft/applied_index", "Newest index applied here.", member.appliedIndex()));
            } else {
                var name = member.address().member();
                samples.add(new Sample(
                        "raft/members/" + name + "/lag_entries",
                        Sample.Kind.GAUGE,
                        "Entries behind the leader; -1 when not known.",
                        member.lag(),
                        "raft/members/lag_entries",
                        List.of(new Sample.Label("member", name))));
                var silence = member.silence();
                samples.add(new Sample(
                        "raft/members/" + name + "/silence_ms",
                        Sample.Kind.GAUGE,
                        "Milliseconds since the leader heard it; -1 when not known, as on followers.",
                        silence == null ? -1 : silence.toMillis(),
                        "raft/members/silence_ms",
                        List.of(new Sample.Label("member", name))));
            }
        }
        entryTimes(samples, metrics);
        var snapshot = metrics.status().lastSnapshot();
        samples.add(Sample.gauge(
                "raft/snapshot_index",
                "Index of the newest snapshot; -1: none.",
                snapshot == null ? -1 : snapshot.index()));
        samples.add(Sample.gauge(
                "raft/snapshot_epoch_seconds",
                "When the newest snapshot was taken, seconds since 1970; 0: none.",
                snapshot == null ? 0 : snapshot.at().getEpochSecond()));
        samples.add(Sample.counter("raft/entries", "Entries sent to Ratis.", metrics.entries()));
        samples.add(Sample.counter("raft/commands", "Commands in those entries.", metrics.commands()));
        samples.add(Sample.counter("raft/bytes", "Bytes of those entries.", metrics.bytes()));
        samples.add(Sample.counter("raft/commands_refused", "Refused: too many waited.", metrics.refused()));
        samples.add(Sample.gauge("raft/commands_waiting", "Commands that wait for an entry.", metrics.waiting()));
        samples.add(Sample.counter(
                "raft/forced_elections",
                "Elections begun because the leader's process was dead.",
                metrics.forcedElections()));
        samples.add(Sample.gauge("raft/disk_free_bytes", "Free on the data directory's disk.", metrics.freeBytes()));
        samples.add(Sample.gauge("raft/log_bytes", "Bytes of the log's segments.", metrics.logBytes()));
        samples.add(Sample.gauge(
                "raft/digest_alarm",
                "1 when this member's registry differed from the leader's.",
                metrics.digestAlarm() ? 1 : 0));
        samples.add(Sample.gauge(
                "raft/log_bytes_cut_at_start",
                "Bytes that were never synced and were cut from the log at the start.",
                metrics.cutBytes()));
        // The same under the names of Mesos' registrar, whose place the log has taken.
        samples.add(Sample.gauge("registrar/queued_operations", "Changes that wait for the log.", metrics.waiting()));
        samples.add(Sample.gauge(
                "registrar/log/ensemble_size",
                "Masters of the group.",
                metrics.status().members().size()));
        boolean caughtUp = metrics.status().members().stream()
                .filter(member ->
                        member.address().member().equals(metrics.status().self().member()))
                .anyMatch(member -> member.appliedIndex() >= 0
                        && metrics.status().leader() != null
                        && member.appliedIndex() >= member.commitIndex() - CAUGHT_UP_ENTRIES);
        samples.add(Sample.gauge(
                "registrar/log/recovered",
                "1 when this master has applied what its group has decided.",
                caughtUp ? 1 : 0));
        return samples;
    }
}
