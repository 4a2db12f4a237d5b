package org.mesolith.agent.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.base.Check;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;

/**
 * Persistent volumes of tasks under executors that frameworks bring. Such an executor sees them in its own sandbox,
 * from before the task is handed over until the task has ended, or the executor.
 */
final class HostedVolumes {
    /** How far it is with the volumes of one task, for this agent process. */
    enum Showing {
        NOT_YET,
        ASKED,
        SHOWN
    }

    private final RunBook book;
    private final TaskReader reader;
    private final RunSteps steps;
    private final Reports reports;

    HostedVolumes(RunBook book, TaskReader reader, RunSteps steps, Reports reports) {
        this.book = book;
        this.reader = reader;
        this.steps = steps;
        this.reports = reports;
    }

    /** True when all volumes of these tasks, one group, are shown to their executor; the others are asked for. */
    boolean areShown(Turn turn, List<TaskRun> group, TaskRun host) {
        boolean all = true;
        for (var task : group) {
            if (mounts(task).isEmpty() || task.volumes == Showing.SHOWN) {
                continue;
            }
            all = false;
            if (task.volumes == Showing.NOT_YET) {
                task.volumes = Showing.ASKED;
                turn.add(new AgentEffect.ShowVolumes(task.id, place(host, mounts(task)), beside(task, host)));
            }
        }
        return all;
    }

    /** They are shown; or the task, and its group, cannot be handed over: then it ends. */
    void shown(Turn turn, TaskRun task, TaskRun host, @Nullable String problem) {
        task.volumes = Showing.SHOWN;
        if (problem == null) {
            return;
        }
        var group = book.groupOf(task);
        var words = group.size() == 1 ? problem : "Task '" + task.id.key().task() + "' of the group: " + problem;
        for (var each : group) {
            if (!each.isEnded()) {
                var reason = StatusReason.REASON_CONTAINER_LAUNCH_FAILED;
                steps.end(turn, each, RunSteps.agent(turn, TaskState.TASK_FAILED, reason, words));
                hide(turn, each, host);
                reports.sendNew(turn, each);
            }
        }
    }

    /** Takes away what only this task, which has ended, wanted to see. */
    void hide(Turn turn, TaskRun task, @Nullable TaskRun host) {
        if (host == null || host.isEnded() || host.spec == null) {
            return;
        }
        var gone = new ArrayList<>(mounts(task));
        gone.removeAll(beside(task, host));
        if (!gone.isEmpty()) {
            turn.add(new AgentEffect.HideVolumes(place(host, gone)));
        }
    }

    private static AgentEffect.ExecutorVolumes place(TaskRun host, List<TaskSpec.Mount> volumes) {
        var spec = Check.present(host.spec, "how an executor runs");
        return new AgentEffect.ExecutorVolumes(host.id, host.container, host.order.agent(), spec.user(), volumes);
    }

    /** What its executor sees beside the volumes of this task: its own, and those of other tasks. */
    private List<TaskSpec.Mount> beside(TaskRun task, TaskRun host) {
        var all = new ArrayList<TaskSpec.Mount>();
        if (host.spec != null) {
            all.addAll(host.spec.volumes());
        }
        for (var other : book.under(host.id)) {
            boolean sees = other.phase == Phase.RUNNING || other.volumes != Showing.NOT_YET;
            if (other != task && !other.isEnded() && sees) {
                all.addAll(mounts(other));
            }
        }
        return all;
    }

    private List<TaskSpec.Mount> mounts(TaskRun task) {
        var known = task.mounts;
        if (known == null) {
            known = reader.volumesUnderExecutor(task.order.taskInfo());
            task.mounts = known;
        }
        return known;
    }
}
