package org.mesolith.state;

import java.time.Instant;
import org.mesolith.model.Position;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.Counters;
import org.mesolith.state.row.DigestNote;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.RowHash;

/** The single values of a registry. */
record Standing(
        Position at,
        Instant time,
        ClusterRow cluster,
        Counters counters,
        MaintenanceRow maintenance,
        DigestNote note,
        long digest) {
    static final Standing FIRST = new Standing(
            Position.NONE,
            Instant.EPOCH,
            ClusterRow.NONE,
            Counters.ZERO,
            MaintenanceRow.NONE,
            DigestNote.NONE,
            RowHash.of(ClusterRow.NONE) + RowHash.of(Counters.ZERO) + RowHash.of(Instant.EPOCH));

    Standing withPlace(Position later, long changedDigest) {
        return new Standing(later, time, cluster, counters, maintenance, note, changedDigest);
    }

    Standing withTime(Instant newest) {
        return new Standing(at, newest, cluster, counters, maintenance, note, digest);
    }

    Standing withCluster(ClusterRow changed) {
        return new Standing(at, time, changed, counters, maintenance, note, digest);
    }

    Standing withCounters(Counters changed) {
        return new Standing(at, time, cluster, changed, maintenance, note, digest);
    }

    Standing withMaintenance(MaintenanceRow changed) {
        return new Standing(at, time, cluster, counters, changed, note, digest);
    }

    Standing withNote(DigestNote newest) {
        return new Standing(at, time, cluster, counters, maintenance, newest, digest);
    }
}
