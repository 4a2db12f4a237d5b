package org.mesolith.state.rules;

import java.util.regex.Pattern;
import org.mesolith.model.Ids;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result.DigestChecked;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.journal.JournalRow;
import org.mesolith.state.row.ClusterRow;
import org.mesolith.state.row.DigestNote;

/** The cluster about itself. */
final class SystemRules {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private SystemRules() {}

    static Outcome init(Draft draft, SystemCommand.InitCluster command) {
        var cluster = draft.before().cluster();
        if (cluster.exists()) {
            return new Outcome.Rejected(
                    Reason.CLUSTER_EXISTS,
                    "cluster " + cluster.clusterId() + " exists in epoch " + cluster.epoch()
                            + "; it is made only once");
        }
        var problem = Ids.problem(command.clusterId());
        if (problem != null || command.epoch() < 1 || command.featureLevel() < 1) {
            return new Outcome.Rejected(
                    Reason.BAD_COMMAND,
                    problem != null
                            ? "cluster id: " + problem
                            : "epochs and feature levels start at 1, not " + command.epoch() + " and "
                                    + command.featureLevel());
        }
        draft.add(new Change.ClusterPut(
                new ClusterRow(command.clusterId(), command.epoch(), command.epochId(), command.featureLevel())));
        return draft.accepted();
    }

    /** A level above {@link FeatureLevel#NEWEST} never gets here: reading it from the log stops the process. */
    static Outcome raiseFeatureLevel(Draft draft, SystemCommand.RaiseFeatureLevel command) {
        int level = command.level();
        var cluster = draft.before().cluster();
        if (level <= cluster.featureLevel()) {
            return new Outcome.Rejected(
                    Reason.NOT_NEWER, "feature level " + level + " is not above the present " + cluster.featureLevel());
        }
        draft.add(new Change.ClusterPut(
                new ClusterRow(cluster.clusterId(), cluster.epoch(), cluster.epochId(), level, command.needs())));
        return draft.accepted();
    }

    static Outcome raiseEpoch(Draft draft, SystemCommand.RaiseEpoch command) {
        var cluster = draft.before().cluster();
        if (command.epoch() <= cluster.epoch()) {
            return new Outcome.Rejected(
                    Reason.NOT_NEWER, "epoch " + command.epoch() + " is not above the present " + cluster.epoch());
        }
        draft.add(new Change.ClusterPut(new ClusterRow(
                cluster.clusterId(), command.epoch(), command.epochId(), cluster.featureLevel(), cluster.needs())));
        return draft.accepted();
    }

    /** Compares with the note of the check before, then notes anew. The note is outside of what is noted. */
    static Outcome check(Draft draft, SystemCommand.DigestCheck command) {
        var before = draft.before();
        var note = before.digestNote();
        boolean comparable = note.at().index() >= 0 && note.at().equals(command.noted());
        var verdict = !comparable
                ? DigestChecked.Verdict.NOT_COMPARED
                : note.digest() == command.digest() ? DigestChecked.Verdict.AGREES : DigestChecked.Verdict.DIFFERS;
        draft.add(new Change.DigestNotePut(new DigestNote(draft.at(), before.digest())));
        return draft.accepted(new DigestChecked(verdict, command.noted(), note.digest(), command.digest()));
    }

    /** What is to be forgotten was found in the store; here it is only looked at whether it makes sense. */
    static Outcome prune(Draft draft, SystemCommand.PruneJournal prune) {
        var journal = draft.before().journal();
        var gone = prune.forgotten();
        if (!gone.eventsFrom().equals(journal.eventsFrom()) || gone.auditsFrom() != journal.auditsFrom()) {
            return new Outcome.Rejected(
                    Reason.NOT_NEWER, "something was forgotten since it was looked for what may be forgotten");
        }
        boolean events = gone.eventsBefore().compareTo(journal.eventsFrom()) > 0;
        boolean audits = gone.auditsBefore() > journal.auditsFrom();
        if (!events && !audits) {
            return new Outcome.Rejected(Reason.NOT_NEWER, "what is to be forgotten was forgotten before");
        }
        if (!isSane(gone, journal)) {
            return new Outcome.Rejected(
                    Reason.BAD_COMMAND,
                    "more is to be forgotten than the " + journal.eventsKept() + " events and " + journal.auditsKept()
                            + " audit rows that are kept");
        }
        if (events) {
            journal = journal.withoutEvents(gone);
            draft.add(new Change.EventsForgotten(gone.eventsBefore()));
        }
        if (audits) {
            journal = journal.withoutAudits(gone);
            draft.add(new Change.AuditsForgotten(gone.auditsBefore()));
        }
        draft.add(new Change.JournalPut(journal));
        return draft.accepted();
    }

    private static boolean isSane(JournalRow.Forgotten gone, JournalRow journal) {
        return gone.events() >= 0
                && gone.events() <= journal.eventsKept()
                && gone.eventBytes() >= 0
                && gone.eventBytes() <= journal.eventBytes()
                && gone.auditsBefore() <= journal.audits() + 1
                && gone.auditBytes() >= 0
                && gone.auditBytes() <= journal.auditBytes()
                && HASH.matcher(gone.anchor()).matches();
    }

    /** Nothing changes; the audit says the rest. */
    static Outcome note(Draft draft) {
        return draft.accepted();
    }
}
