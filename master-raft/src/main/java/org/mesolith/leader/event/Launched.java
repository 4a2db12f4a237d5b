package org.mesolith.leader.event;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mesolith.model.Conversion;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskLaunch;
import org.mesolith.state.Change;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.Outcome;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.row.ExecutorRow;

/** Reads the outcome of an accept beside its operations. */
public final class Launched {
    private Launched() {}

    /**
     * One task of the accept and what became of it.
     *
     * @param group the number of its group, from 1; 0 for a task of its own
     */
    public record Fate(TaskLaunch task, TaskOutcome outcome, int group) {}

    /** Every task of the accept that got as far as an outcome of its own, in order. */
    public static List<Fate> fates(AcceptOffers accept, Outcome outcome) {
        var fates = new ArrayList<Fate>();
        if (outcome instanceof Outcome.Accepted(var _, Result.OffersAccepted(var outcomes))) {
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i) instanceof OperationOutcome.Launched(var tasks)) {
                    var operation = accept.operations().get(i);
                    var launches = tasks(operation);
                    int group = operation instanceof OfferOperation.LaunchGroup ? i + 1 : 0;
                    for (int j = 0; j < tasks.size(); j++) {
                        fates.add(new Fate(launches.get(j), tasks.get(j), group));
                    }
                }
            }
        }
        return fates;
    }

    /** The numbers of the groups of the accept that were launched. */
    public static SortedSet<Integer> groups(AcceptOffers accept, Outcome outcome) {
        var numbers = new TreeSet<Integer>();
        for (var fate : fates(accept, outcome)) {
            if (fate.group() != 0 && fate.outcome() instanceof TaskOutcome.Started) {
                numbers.add(fate.group());
            }
        }
        return numbers;
    }

    /** The executors that began with the accept. */
    public static List<ExecutorRow> executors(Outcome outcome) {
        var begun = new ArrayList<ExecutorRow>();
        if (outcome instanceof Outcome.Accepted accepted) {
            for (var change : accepted.changes()) {
                if (change instanceof Change.ExecutorPut(var row)) {
                    begun.add(row);
                }
            }
        }
        return begun;
    }

    /** What the started tasks use, and the executors that began with them. */
    public static Resources resources(AcceptOffers accept, Outcome outcome) {
        var used = Resources.EMPTY;
        for (var fate : fates(accept, outcome)) {
            if (fate.outcome() instanceof TaskOutcome.Started) {
                used = used.plus(fate.task().resources());
            }
        }
        for (var executor : executors(outcome)) {
            used = used.plus(executor.resources());
        }
        return used;
    }

    /** What its operations took to make something else of it, in order; it names no role. */
    public static List<Resources> converted(AcceptOffers accept, Outcome outcome) {
        var consumed = new ArrayList<Resources>();
        if (outcome instanceof Outcome.Accepted(var _, Result.OffersAccepted(var outcomes))) {
            for (int i = 0; i < outcomes.size(); i++) {
                var conversion = outcomes.get(i) instanceof OperationOutcome.Performed
                        ? Conversion.of(accept.operations().get(i))
                        : null;
                if (conversion != null) {
                    consumed.add(conversion.consumed());
                }
            }
        }
        return consumed;
    }

    /** The tasks that an operation would start. */
    public static List<TaskLaunch> tasks(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Launch(var _, var tasks) -> tasks;
            case OfferOperation.LaunchGroup(var _, var _, var tasks) -> tasks;
            case OfferOperation.Reserve _,
                    OfferOperation.Unreserve _,
                    OfferOperation.Create _,
                    OfferOperation.Destroy _,
                    OfferOperation.GrowVolume _,
                    OfferOperation.ShrinkVolume _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> List.of();
        };
    }
}
