package org.mesolith.state.rules;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskProblem.Step;
import org.mesolith.model.TaskState;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.row.TaskGroup;

/** The launch of one group: all of its tasks are promised, or none is. One operation, one thread. */
final class GroupLauncher {
    private final AcceptedOffer offer;
    private final Launcher launcher;
    private final int number;

    /**
     * @param number of the operation in its ACCEPT, from 1
     */
    GroupLauncher(AcceptedOffer offer, int number) {
        this.offer = offer;
        this.launcher = new Launcher(offer);
        this.number = number;
    }

    OperationOutcome launch(OfferOperation.LaunchGroup group) {
        if (group.id() != null) {
            return invalid(group, "'id' cannot be set for LAUNCH_GROUP");
        }
        if (group.tasks().isEmpty()) {
            return new OperationOutcome.Launched(List.of());
        }
        var wrong = problemOfTasks(group);
        if (wrong != null) {
            return invalid(group, wrong);
        }
        var role = offer.accept().role();
        var executor = launcher.newExecutor(group.executor());
        var needed = executor == null ? Resources.EMPTY : executor.resources();
        for (var task : group.tasks()) {
            needed = needed.plus(task.resources().allocatedTo(role));
        }
        if (!offer.holdings().covers(offer.offered(), needed)) {
            return invalid(
                    group,
                    "Tasks of the group" + (executor == null ? "" : " and their executor") + " use more resources "
                            + needed + " than available " + offer.offered());
        }
        var taken = needed.unallocated();
        if (!offer.holdings().has(taken)) {
            return refused(group, TaskState.TASK_DROPPED, StatusReason.REASON_INVALID_OFFERS, launcher.missing(taken));
        }
        offer.use(needed);
        if (executor != null) {
            offer.draft().launch(executor);
        }
        var all = new TaskGroup(number, group.tasks().size());
        for (var task : group.tasks()) {
            launcher.start(task, group.executor(), task.resources().allocatedTo(role), all);
        }
        return new OperationOutcome.Launched(group.tasks().stream()
                .<TaskOutcome>map(task -> new TaskOutcome.Started(task.task()))
                .toList());
    }

    /** The first problem of the first task that has one. */
    private @Nullable String problemOfTasks(OfferOperation.LaunchGroup group) {
        var ids = new TreeSet<TaskId>();
        for (var task : group.tasks()) {
            var problems = launcher.problems(task, group.executor());
            if (!ids.add(task.task())) {
                problems.add(new TaskProblem(Step.UNIQUE_ID, "Task has duplicate ID: " + task.task()));
            }
            var first = Launcher.first(problems);
            if (first != null) {
                return "Task '" + task.task() + "' of the group is invalid: " + first.text();
            }
        }
        return null;
    }

    private static OperationOutcome invalid(OfferOperation.LaunchGroup group, String text) {
        return refused(group, TaskState.TASK_ERROR, StatusReason.REASON_TASK_GROUP_INVALID, text);
    }

    private static OperationOutcome refused(
            OfferOperation.LaunchGroup group, TaskState state, StatusReason reason, String text) {
        var cut = MasterStatus.cut(text);
        return new OperationOutcome.Launched(group.tasks().stream()
                .<TaskOutcome>map(task -> new TaskOutcome.Refused(task.task(), state, reason, cut))
                .toList());
    }
}
