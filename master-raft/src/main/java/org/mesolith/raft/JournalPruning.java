package org.mesolith.raft;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.journal.AuditRow;
import org.mesolith.state.journal.EventPage;
import org.mesolith.state.journal.EventPlace;
import org.mesolith.state.journal.JournalRow;

/**
 * Looks in the store for events and audit rows that may be forgotten. The newest of each always stays, so that whoever
 * has seen everything can go on from there.
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

    private JournalPruning() {}

    /** Null when everything may stay. */
    static SystemCommand.@Nullable PruneJournal wish(
            JournalRow journal, Kept kept, RatisSettings.JournalRules rules, Instant now) {
        var before = journal.eventsFrom();
        long forgotten = 0;
        boolean more = journal.events() > 0;
        for (int looked = 0; more && looked < LOOKED_AT_MAX; looked += PAGE) {
            var page = kept.events(before, PAGE).batches();
            more = page.size() == PAGE;
            for (var batch : page) {
                boolean newest = batch.last().equals(journal.last());
                boolean old = batch.time().isBefore(now.minus(rules.eventAgeMax()))
                        || journal.eventsKept() - forgotten > rules.eventsMax();
                if (newest || !old) {
                    before = batch.first();
                    more = false;
                    break;
                }
                forgotten += batch.events().size();
                before = batch.last().plus(1);
            }
        }
        return audits(journal, kept, rules, now, before, forgotten);
    }

    private static SystemCommand.@Nullable PruneJournal audits(
            JournalRow journal,
            Kept kept,
            RatisSettings.JournalRules rules,
            Instant now,
            EventPlace eventsBefore,
            long forgotten) {
        long before = journal.auditsFrom();
        var anchor = journal.anchor();
        boolean more = journal.audits() > 0;
        for (int looked = 0; more && looked < LOOKED_AT_MAX; looked += PAGE) {
            var page = kept.audits(before, PAGE);
            more = page.size() == PAGE;
            for (var row : page) {
                boolean old = row.time().isBefore(now.minus(rules.auditAgeMax()))
                        || journal.audits() - row.sequence() >= rules.auditsMax();
                if (row.sequence() == journal.audits() || !old) {
                    more = false;
                    break;
                }
                before = row.sequence() + 1;
                anchor = row.hash();
            }
        }
        return forgotten == 0 && before == journal.auditsFrom()
                ? null
                : new SystemCommand.PruneJournal(eventsBefore, forgotten, before, anchor);
    }
}
