package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mesolith.base.Limits;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.Quota;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.DeclarationCommand.Declare;
import org.mesolith.state.MaintenanceCommand.UpdateSchedule;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand.UpdateQuotas;
import org.mesolith.state.Reason;
import org.mesolith.state.Registry;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.state.row.DeclarationRow;

/**
 * What operators keep in a file: compared with what they saw, then done by the rules of the objects themselves. Mesos
 * has nothing like it.
 */
final class DeclarationRules {
    private DeclarationRules() {}

    /** All or none. */
    static Outcome declare(Draft draft, Declare command) {
        var problem = DeclarationChecks.problem(command);
        if (problem != null) {
            return new Outcome.Rejected(Reason.DECLARATION_INVALID, problem);
        }
        var changed = DeclarationChecks.changed(draft.before(), command);
        if (changed != null) {
            return new Outcome.Rejected(Reason.DECLARATION_CHANGED, changed);
        }
        var names = new TreeSet<String>();
        draft.before().declarations().forEach(row -> names.add(row.name()));
        if (names.size() >= Limits.DECLARATIONS_MAX && !names.contains(command.name())) {
            return new Outcome.Rejected(
                    Reason.TOO_MANY,
                    names.size() + " declarations are remembered; apply one of them without any object to end it");
        }
        remember(draft, command);
        return switch (command.kind()) {
            case WEIGHTS -> weights(draft, command);
            case RESERVATIONS -> ReservationRules.operate(draft, DeclarationChecks.steps(command.changes()));
            case QUOTAS -> quotas(draft, command);
            case WINDOWS ->
                MaintenanceRules.schedule(
                        draft, new UpdateSchedule(DeclarationChecks.windows(draft.before(), command.changes())));
        };
    }

    private static void remember(Draft draft, Declare command) {
        var before = draft.before().declaration(command.name(), command.kind());
        var objects = new TreeMap<String, String>();
        for (var change : command.changes()) {
            var wanted = change.wanted();
            if (wanted != null) {
                objects.put(wanted.key(), wanted.content());
            }
        }
        if (objects.isEmpty()) {
            if (before != null) {
                draft.add(new Change.DeclarationRemoved(command.name(), command.kind()));
            }
            return;
        }
        if (before == null || !before.objects().equals(objects)) {
            var principal = draft.principal();
            draft.add(new Change.DeclarationPut(new DeclarationRow(
                    command.name(),
                    command.kind(),
                    draft.at().index(),
                    draft.now(),
                    principal == null ? "" : principal,
                    objects)));
        }
    }

    private static boolean isDone(DeclaredChange change) {
        return DeclarationChecks.same(change.seen(), change.wanted());
    }

    /** A weight cannot be taken away, only set to what everybody has. */
    private static Outcome weights(Draft draft, Declare command) {
        var weights = new ArrayList<Weight>();
        for (var change : command.changes()) {
            if (!isDone(change)) {
                weights.add(
                        change.wanted() instanceof Declarable.OfWeight(var weight)
                                ? weight
                                : new Weight(change.object().key(), Weight.DEFAULT_BITS));
            }
        }
        return QuotaRules.setWeights(draft, weights);
    }

    private static Outcome quotas(Draft draft, Declare command) {
        var quotas = new ArrayList<Quota>();
        for (var change : command.changes()) {
            if (!isDone(change)) {
                quotas.add(
                        change.wanted() instanceof Declarable.OfQuota(var quota)
                                ? quota
                                : Quota.none(change.object().key()));
            }
        }
        return QuotaRules.update(draft, new UpdateQuotas(quotas, false));
    }

    /** For the audit: how the objects stand that the command changes, and no others. */
    static String standing(Registry registry, Declare command) {
        return command.changes().stream()
                .filter(change -> !isDone(change))
                .map(change -> change.object().key() + ": "
                        + DeclarationChecks.content(DeclarationChecks.present(registry, change.object())))
                .collect(Collectors.joining("; "));
    }
}
