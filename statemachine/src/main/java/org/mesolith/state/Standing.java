package org.mesolith.state;

import java.time.Instant;
import org.mesolith.model.Position;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.Counters;
import org.mesolith.state.row.DigestNote;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.MembershipRow;
import org.mesolith.state.row.RowHash;

/** The single values of a registry. */
record Standing(
        Position at,
        Instant time,
        ClusterRow cluster,
        Counters counters,
        MaintenanceRow maintenance,
        MembershipRow membership,
        DigestNote note,
        JournalRow journal,
        long digest) {
    static final Standing FIRST = new Standing(
            Position.NONE,
            Instant.EPOCH,
            ClusterRow.NONE,
            Counters.ZERO,
            MaintenanceRow.NONE,
            MembershipRow.NONE,
            DigestNote.NONE,
            JournalRow.NONE,
            RowHash.of(ClusterRow.NONE) + RowHash.of(Counters.ZERO) + RowHash.of(Instant.EPOCH));

    Standing withPlace(Position later, long changedDigest) {
        return new Standing(later, time, cluster, counters, maintenance, membership, note, journal, changedDigest);
    }

    Standing withTime(Instant newest) {
        return new Standing(at, newest, cluster, counters, maintenance, membership, note, journal, digest);
    }

    Standing withCluster(ClusterRow changed) {
        return new Standing(at, time, changed, counters, maintenance, membership, note, journal, digest);
    }

    Standing withCounters(Counters changed) {
        return new Standing(at, time, cluster, changed, maintenance, membership, note, journal, digest);
    }

    Standing withMaintenance(MaintenanceRow changed) {
        return new Standing(at, time, cluster, counters, changed, membership, note, journal, digest);
    }

    Standing withMembership(MembershipRow changed) {
        return new Standing(at, time, cluster, counters, maintenance, changed, note, journal, digest);
    }

    Standing withNote(DigestNote newest) {
        return new Standing(at, time, cluster, counters, maintenance, membership, newest, journal, digest);
    }

    Standing withJournal(JournalRow changed) {
        return new Standing(at, time, cluster, counters, maintenance, membership, note, changed, digest);
    }
}
