package org.mesolith.state.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.state.Actor;
import org.mesolith.state.Change;
import org.mesolith.state.Envelope;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.LogEntry;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.Registry;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.journal.AuditChain;
import org.mesolith.state.journal.EventBatch;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.ClusterRow;

/** What is written down of a decision: events of what changed, and the audit of who did it. */
public final class Journal {
    /** Events in one row of the store: the end of a large framework makes many. */
    private static final int EVENTS_PER_BATCH_MAX = 1_000;

    private Journal() {}

    /** The changes besides those of the decision; none below {@link FeatureLevel#JOURNAL}. */
    static List<Change> of(Registry before, LogEntry entry, Outcome outcome) {
        List<Change> made = outcome instanceof Outcome.Accepted(var changes, var _) ? changes : List.of();
        var cluster = before.cluster();
        var journal = before.journal();
        for (var change : made) {
            if (change instanceof Change.ClusterPut(var row)) {
                cluster = row;
            } else if (change instanceof Change.JournalPut(var row)) {
                journal = row;
            }
        }
        if (!new FeatureLevel(cluster.featureLevel()).includes(FeatureLevel.JOURNAL)) {
            return List.of();
        }
        var added = new ArrayList<Change>();
        journal = events(before, entry, outcome, cluster, journal, added);
        var deed = AuditRules.deed(before, entry, outcome);
        if (deed != null) {
            var time = time(before, entry.envelope());
            var row = AuditChain.row(journal.audits() + 1, entry.at(), cluster.epoch(), time, deed, journal.head());
            added.add(new Change.AuditPut(row));
            journal = journal.with(row);
        }
        if (!added.isEmpty()) {
            added.add(new Change.JournalPut(journal));
        }
        return added;
    }

    private static JournalRow events(
            Registry before,
            LogEntry entry,
            Outcome outcome,
            ClusterRow cluster,
            JournalRow journal,
            List<Change> added) {
        var events = EventRules.of(before, entry.command(), outcome);
        var after = journal;
        for (int from = 0; from < events.size(); from += EVENTS_PER_BATCH_MAX) {
            var part = events.subList(from, Math.min(events.size(), from + EVENTS_PER_BATCH_MAX));
            var place = after.next(cluster.epoch(), entry.at().index());
            var batch = new EventBatch(place, time(before, entry.envelope()), part);
            added.add(new Change.EventsPut(batch));
            after = after.with(batch);
        }
        return after;
    }

    /** As the rules see it. */
    private static Instant time(Registry before, Envelope envelope) {
        var proposed = envelope.proposedAt();
        return proposed.isAfter(before.time()) ? proposed : before.time();
    }

    /**
     * What is written down when a new group begins with this registry, in a new epoch: the same on every machine that
     * begins with it.
     *
     * @param changes that make the epoch
     */
    public static List<Change> ofNewEpoch(Registry before, ClusterRow cluster, List<Change> changes) {
        var envelope = new Envelope(Actor.SYSTEM, Origin.CONSOLE, null, before.time(), 0);
        var command = new SystemCommand.RaiseEpoch(cluster.epoch(), cluster.epochId());
        return of(before, new LogEntry(before.at(), 0, envelope, command), Outcome.accepted(changes));
    }
}
