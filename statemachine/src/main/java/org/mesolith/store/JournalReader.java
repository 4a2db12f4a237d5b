package org.mesolith.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.statecodec.JournalCodec;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/** Reads events and audit rows of a database. */
record JournalReader(RocksHandles handles) {
    /** The batches that hold the place or come after it, oldest first. */
    EventPage events(EventPlace from, int max) throws RocksDBException {
        var family = handles.eventsIfAny();
        if (family == null) {
            return EventPage.EMPTY;
        }
        var snapshot = handles.database().getSnapshot();
        try (var options = new ReadOptions().setSnapshot(snapshot);
                var rows = handles.database().newIterator(family, options)) {
            var journal = handles.database().get(handles.rows(), options, Tables.JOURNAL);
            var kept = journal == null
                    ? EventPlace.NONE
                    : JournalCodec.readJournal(journal).eventsFrom();
            rows.seekForPrev(Tables.events(from));
            if (!rows.isValid()) {
                rows.seekToFirst();
            }
            var read = new ArrayList<EventBatch>();
            for (; rows.isValid() && read.size() < max; rows.next()) {
                var batch = JournalCodec.readEvents(rows.value());
                if (batch.last().compareTo(from) >= 0) {
                    read.add(batch);
                }
            }
            rows.status();
            return new EventPage(kept, read);
        } finally {
            handles.database().releaseSnapshot(snapshot);
        }
    }

    /** Place of the first event that is not older; null when every one is older. */
    @Nullable
    EventPlace eventSince(Instant time) throws RocksDBException {
        var family = handles.eventsIfAny();
        EventPlace found = null;
        if (family == null) {
            return null;
        }
        try (var options = new ReadOptions().setFillCache(false);
                var rows = handles.database().newIterator(family, options)) {
            for (rows.seekToLast(); rows.isValid(); rows.prev()) {
                var batch = JournalCodec.readEvents(rows.value());
                if (batch.time().isBefore(time)) {
                    break;
                }
                found = batch.first();
            }
            rows.status();
        }
        return found;
    }

    /** Rows of this sequence and after it, in order. */
    List<AuditRow> audits(long from, int max) throws RocksDBException {
        var family = handles.auditIfAny();
        if (family == null) {
            return List.of();
        }
        var read = new ArrayList<AuditRow>();
        try (var options = new ReadOptions();
                var rows = handles.database().newIterator(family, options)) {
            for (rows.seek(Tables.audit(from)); rows.isValid() && read.size() < max; rows.next()) {
                read.add(JournalCodec.readAudit(rows.value()));
            }
            rows.status();
        }
        return read;
    }
}
