package org.mesolith.state.journal;

import org.mesolith.state.row.Hasher;

/**
 * Where events and audit stand. Part of the registry and of its fingerprint: equal on all masters at the same place.
 *
 * @param last place of the newest event there ever was
 * @param events how many there ever were
 * @param eventHash of all of them, in order
 * @param eventsFrom events before this place are forgotten
 * @param eventsForgotten how many those are
 * @param eventBytes size of those that are kept, as {@link EventBatch#bytes} counts
 * @param audits how many audit rows there ever were: the sequence of the newest
 * @param head hash of the newest audit row
 * @param auditsFrom sequence of the oldest row that is kept
 * @param anchor hash of the row before that one
 * @param auditBytes size of those that are kept, as {@link AuditRow#bytes} counts
 */
public record JournalRow(
        EventPlace last,
        long events,
        long eventHash,
        EventPlace eventsFrom,
        long eventsForgotten,
        long eventBytes,
        long audits,
        String head,
        long auditsFrom,
        String anchor,
        long auditBytes) {
    /** Nothing was ever written. */
    public static final JournalRow NONE =
            new JournalRow(EventPlace.NONE, 0, 0, EventPlace.NONE, 0, 0, 0, AuditChain.START, 1, AuditChain.START, 0);

    /**
     * What is forgotten, found in the store.
     *
     * @param eventsFrom where the kept events began when it was looked for
     * @param eventsBefore events before this place go
     * @param events how many those are
     * @param eventBytes their size
     * @param auditsFrom where the kept audit rows began when it was looked for
     * @param auditsBefore audit rows before this sequence go
     * @param anchor hash of the last of those
     * @param auditBytes their size
     */
    public record Forgotten(
            EventPlace eventsFrom,
            EventPlace eventsBefore,
            long events,
            long eventBytes,
            long auditsFrom,
            long auditsBefore,
            String anchor,
            long auditBytes) {}

    /** Events that are kept. */
    public long eventsKept() {
        return events - eventsForgotten;
    }

    /** Audit rows that are kept. */
    public long auditsKept() {
        return audits - auditsFrom + 1;
    }

    /** Where the first event of a command at this entry comes to stand. */
    public EventPlace next(long epoch, long index) {
        return last.epoch() == epoch && last.index() == index ? last.plus(1) : new EventPlace(epoch, index, 0);
    }

    /** After these events. */
    public JournalRow with(EventBatch batch) {
        return new JournalRow(
                batch.last(),
                events + batch.events().size(),
                batch.hash(eventHash),
                events == 0 ? batch.first() : eventsFrom,
                eventsForgotten,
                eventBytes + batch.bytes(),
                audits,
                head,
                auditsFrom,
                anchor,
                auditBytes);
    }

    /** After this row of the audit. */
    public JournalRow with(AuditRow row) {
        return new JournalRow(
                last,
                events,
                eventHash,
                eventsFrom,
                eventsForgotten,
                eventBytes,
                row.sequence(),
                row.hash(),
                auditsFrom,
                anchor,
                auditBytes + row.bytes());
    }

    /** Without the events that are forgotten. */
    public JournalRow withoutEvents(Forgotten gone) {
        return new JournalRow(
                last,
                events,
                eventHash,
                gone.eventsBefore,
                eventsForgotten + gone.events,
                eventBytes - gone.eventBytes,
                audits,
                head,
                auditsFrom,
                anchor,
                auditBytes);
    }

    /** Without the audit rows that are forgotten. */
    public JournalRow withoutAudits(Forgotten gone) {
        return new JournalRow(
                last,
                events,
                eventHash,
                eventsFrom,
                eventsForgotten,
                eventBytes,
                audits,
                head,
                gone.auditsBefore,
                gone.anchor,
                auditBytes - gone.auditBytes);
    }

    /** For the fingerprint; nothing written adds nothing. */
    public long hash() {
        if (equals(NONE)) {
            return 0;
        }
        return add(add(new Hasher(16), last).add(events).add(eventHash), eventsFrom)
                .add(eventsForgotten)
                .add(eventBytes)
                .add(audits)
                .add(head)
                .add(auditsFrom)
                .add(anchor)
                .add(auditBytes)
                .done();
    }

    private static Hasher add(Hasher hasher, EventPlace place) {
        return hasher.add(place.epoch()).add(place.index()).add((long) place.ordinal());
    }
}
