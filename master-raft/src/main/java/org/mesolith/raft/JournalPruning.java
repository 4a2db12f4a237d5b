package org.mesolith.raft;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;

/**
 * Looks in the store for events and audit rows that may be forgotten. The newest of each always stays, so that whoever
 * has seen everything can go on from there. One use, one thread.
 */
final class JournalPruning {
    /** Batches of events, and audit rows, that are looked at in one go; the next look goes on. */
    private static final int LOOKED_AT_MAX = 20_000;

    private static final int PAGE = 500;

    /** What the store holds, oldest first. */
    interface Kept {
        EventPage events(EventPlace from, int max);

        List<AuditRow> audits(long from, int max);
    }

    private final JournalRow journal;
    private final Kept kept;
    private final RatisSettings.JournalRules rules;
    private final Instant now;

    private EventPlace eventsBefore;
    private long events;
    private long eventBytes;
    private long auditsBefore;
    private String anchor;
    private long auditBytes;
    private boolean more;

    private JournalPruning(JournalRow journal, Kept kept, RatisSettings.JournalRules rules, Instant now) {
        this.journal = journal;
        this.kept = kept;
        this.rules = rules;
        this.now = now;
        this.eventsBefore = journal.eventsFrom();
        this.auditsBefore = journal.auditsFrom();
        this.anchor = journal.anchor();
    }

    /**
     * What may be forgotten.
     *
     * @param command null when everything may stay
     * @param more whether the look ended at its bound: there may be more to forget
     */
    record Wish(SystemCommand.@Nullable PruneJournal command, boolean more) {}

    /** Reads the store; no longer than some ten milliseconds. */
    static Wish wish(JournalRow journal, Kept kept, RatisSettings.JournalRules rules, Instant now) {
        var pruning = new JournalPruning(journal, kept, rules, now);
        pruning.lookAtEvents();
        pruning.lookAtAudits();
        return pruning.wish();
    }

    private void lookAtEvents() {
        for (int looked = 0; looked < LOOKED_AT_MAX; looked += PAGE) {
            var page = kept.events(eventsBefore, PAGE).batches();
            for (var batch : page) {
                if (batch.last().compareTo(journal.last()) >= 0 || !isOld(batch)) {
                    return;
                }
                events += batch.events().size();
                eventBytes += batch.bytes();
                eventsBefore = batch.last().plus(1);
            }
            if (page.size() < PAGE) {
                return;
            }
        }
        more = true;
    }

    private boolean isOld(EventBatch batch) {
        return batch.time().isBefore(now.minus(rules.eventAgeMax()))
                || journal.eventsKept() - events > rules.eventsMax()
                || journal.eventBytes() - eventBytes > rules.eventBytesMax();
    }

    private void lookAtAudits() {
        for (int looked = 0; looked < LOOKED_AT_MAX; looked += PAGE) {
            var page = kept.audits(auditsBefore, PAGE);
            for (var row : page) {
                if (row.sequence() >= journal.audits() || !isOld(row)) {
                    return;
                }
                auditBytes += row.bytes();
                auditsBefore = row.sequence() + 1;
                anchor = row.hash();
            }
            if (page.size() < PAGE) {
                return;
            }
        }
        more = true;
    }

    private boolean isOld(AuditRow row) {
        return row.time().isBefore(now.minus(rules.auditAgeMax()))
                || journal.audits() - row.sequence() >= rules.auditsMax()
                || journal.auditBytes() - auditBytes > rules.auditBytesMax();
    }

    private Wish wish() {
        if (events == 0 && auditsBefore == journal.auditsFrom()) {
            return new Wish(null, false);
        }
        var gone = new JournalRow.Forgotten(
                journal.eventsFrom(),
                eventsBefore,
                events,
                eventBytes,
                journal.auditsFrom(),
                auditsBefore,
                anchor,
                auditBytes);
        return new Wish(new SystemCommand.PruneJournal(gone), more);
    }
}
