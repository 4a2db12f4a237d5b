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
 * @param audits how many audit rows there ever were: the sequence of the newest
 * @param head hash of the newest audit row
 * @param auditsFrom sequence of the oldest row that is kept
 * @param anchor hash of the row before that one
 */
public record JournalRow(
        EventPlace last,
        long events,
        long eventHash,
        EventPlace eventsFrom,
        long eventsForgotten,
        long audits,
        String head,
        long auditsFrom,
        String anchor) {
    /** Nothing was ever written. */
    public static final JournalRow NONE =
            new JournalRow(EventPlace.NONE, 0, 0, EventPlace.NONE, 0, 0, AuditChain.START, 1, AuditChain.START);

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
                audits,
                head,
                auditsFrom,
                anchor);
    }

    /** After this row of the audit. */
    public JournalRow with(AuditRow row) {
        return new JournalRow(
                last, events, eventHash, eventsFrom, eventsForgotten, row.sequence(), row.hash(), auditsFrom, anchor);
    }

    /** Without the events before a place. */
    public JournalRow withoutEvents(EventPlace before, long forgotten) {
        return new JournalRow(
                last, events, eventHash, before, eventsForgotten + forgotten, audits, head, auditsFrom, anchor);
    }

    /** Without the audit rows before a sequence, the last of which had this hash. */
    public JournalRow withoutAudits(long before, String newAnchor) {
        return new JournalRow(last, events, eventHash, eventsFrom, eventsForgotten, audits, head, before, newAnchor);
    }

    /** For the fingerprint; nothing written adds nothing. */
    public long hash() {
        if (equals(NONE)) {
            return 0;
        }
        return add(add(new Hasher(16), last).add(events).add(eventHash), eventsFrom)
                .add(eventsForgotten)
                .add(audits)
                .add(head)
                .add(auditsFrom)
                .add(anchor)
                .done();
    }

    private static Hasher add(Hasher hasher, EventPlace place) {
        return hasher.add(place.epoch()).add(place.index()).add((long) place.ordinal());
    }
}
