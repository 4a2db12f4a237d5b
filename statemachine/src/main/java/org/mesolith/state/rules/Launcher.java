package org.mesolith.state.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Resources;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskProblem.Step;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.Result.OperationOutcome;
import org.mesolith.state.Result.TaskOutcome;
import org.mesolith.state.row.ExecutorRow;
import org.mesolith.state.row.RowHash;
import org.mesolith.state.row.TaskGroup;
import org.mesolith.state.row.TaskRow;
import org.mesolith.state.row.TaskRun;

/** The launches of one ACCEPT. One command, one thread. */
final class Launcher {
    private final Draft draft;
    private final AcceptOffers accept;
    private final AcceptedOffer offer;

    Launcher(AcceptedOffer offer) {
        this.draft = offer.draft();
        this.accept = offer.accept();
        this.offer = offer;
    }

    OperationOutcome launch(OfferOperation.Launch launch) {
        var outcomes = new ArrayList<TaskOutcome>(launch.tasks().size());
        for (var task : launch.tasks()) {
            outcomes.add(launch.id() == null ? launch(task) : invalid(task, "'id' cannot be set for LAUNCH"));
        }
        return new OperationOutcome.Launched(outcomes);
    }

    private TaskOutcome launch(TaskLaunch task) {
        var executor = task.executor() == null ? null : newExecutor(task.executor());
        var own = task.resources().allocatedTo(accept.role());
        var needed = executor == null ? own : own.plus(executor.resources());
        var problem = firstProblem(task, needed);
        if (problem != null) {
            return invalid(task, problem.text());
        }
        var taken = needed.unallocated();
        if (!offer.holdings().has(taken)) {
            return new TaskOutcome.Refused(
                    task.task(), TaskState.TASK_DROPPED, StatusReason.REASON_INVALID_OFFERS, missing(taken));
        }
        offer.use(needed);
        if (executor != null) {
            draft.launch(executor);
        }
        start(task, task.executor(), own, null);
        return new TaskOutcome.Started(task.task());
    }

    /** The task is promised. */
    void start(TaskLaunch task, @Nullable ExecutorLaunch executor, Resources own, @Nullable TaskGroup group) {
        draft.put(new TaskRow(
                task.task().value(),
                accept.framework(),
                accept.agent(),
                executor == null ? null : executor.id(),
                accept.role(),
                own,
                draft.at(),
                TaskState.TASK_STAGING,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                RowHash.ofInfo(task.name(), task.taskInfo()),
                group));
        draft.add(new Change.TaskInfoPut(new TaskRun(key(task), draft.at()), task.name(), task.taskInfo()));
    }

    /** Why the agent has not got what the offer promised. */
    String missing(Resources needed) {
        var holdings = offer.holdings();
        return holdings.isOverdrawn()
                ? "The agent came back with less than its tasks use; nothing is launched there until they fit:"
                        + " the offer is no longer valid"
                : "Task uses resources " + needed + " of which the agent has only " + holdings.free()
                        + " free: the offer is no longer valid";
    }

    /** Of the earliest step of the validation: those that the codec found, and those that need the state. */
    private @Nullable TaskProblem firstProblem(TaskLaunch task, Resources needed) {
        var problems = problems(task, task.executor());
        if (!offer.holdings().covers(offer.offered(), needed)) {
            problems.add(new TaskProblem(
                    Step.OFFERED, "Task uses more resources " + needed + " than available " + offer.offered()));
        }
        return first(problems);
    }

    static @Nullable TaskProblem first(List<TaskProblem> problems) {
        return problems.stream().min(Comparator.comparing(TaskProblem::step)).orElse(null);
    }

    /** All problems of a task but that there is not enough for it. */
    List<TaskProblem> problems(TaskLaunch task, @Nullable ExecutorLaunch executor) {
        var problems = new ArrayList<>(task.problems());
        if (draft.task(key(task)) != null) {
            problems.add(new TaskProblem(Step.UNIQUE_ID, "Task has duplicate ID: " + task.task()));
        }
        if (!task.agent().equals(accept.agent())) {
            problems.add(new TaskProblem(
                    Step.AGENT_ID,
                    "Task uses invalid agent " + task.agent() + " while agent " + accept.agent() + " is expected"));
        }
        if (executor != null) {
            addNotNull(problems, executorProblem(executor));
        }
        return problems;
    }

    /** The row that this launch would add, null when the executor runs already. */
    @Nullable
    ExecutorRow newExecutor(ExecutorLaunch asked) {
        if (draft.executor(accept.framework(), accept.agent(), asked.id()) != null) {
            return null;
        }
        return new ExecutorRow(
                accept.framework(),
                asked.id(),
                accept.agent(),
                accept.role(),
                asked.resources().allocatedTo(accept.role()),
                draft.at(),
                false,
                asked.raw());
    }

    private @Nullable String executorProblem(ExecutorLaunch asked) {
        if (!draft.before().featureLevel().includes(FeatureLevel.EXECUTORS)) {
            return "Task uses an executor, which is not supported yet";
        }
        var running = draft.executor(accept.framework(), accept.agent(), asked.id());
        return running == null || running.info().equals(asked.raw())
                ? null
                : "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID '" + asked.id()
                        + "': its tasks must all bring the same one, until it has ended";
    }

    private static void addNotNull(List<TaskProblem> problems, @Nullable String text) {
        if (text != null) {
            problems.add(new TaskProblem(Step.EXECUTOR, text));
        }
    }

    private static TaskOutcome invalid(TaskLaunch task, String text) {
        return new TaskOutcome.Refused(
                task.task(), TaskState.TASK_ERROR, StatusReason.REASON_TASK_INVALID, MasterStatus.cut(text));
    }

    private TaskKey key(TaskLaunch task) {
        return new TaskKey(accept.framework(), task.task());
    }
}
