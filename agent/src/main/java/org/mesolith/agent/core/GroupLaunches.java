package org.mesolith.agent.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskLifecycle.Input;
import org.mesolith.agent.core.TaskLifecycle.Phase;
import org.mesolith.api.LinkMessage;
import org.mesolith.model.AgentId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;

/** Launches of groups: all tasks of one are on disk together before any of them is started, or none ever is. */
final class GroupLaunches {
    private final RunBook book;
    private final Executors executors;
    private final Kills kills;
    private final TaskReader reader;
    private final RunSteps steps;
    private final Counters counters;

    GroupLaunches(
            RunBook book, Executors executors, Kills kills, TaskReader reader, RunSteps steps, Counters counters) {
        this.book = book;
        this.executors = executors;
        this.kills = kills;
        this.reader = reader;
        this.steps = steps;
        this.counters = counters;
    }

    void launch(Turn turn, AgentId agent, LinkMessage.LaunchGroup order) {
        if (order.tasks().stream().anyMatch(task -> isKnown(id(order, task)))) {
            counters.count(Counters.LAUNCHES_REPEATED);
            return;
        }
        order.tasks().forEach(_ -> counters.count(Counters.LAUNCHES));
        var executor = reader.executorOf(order.tasks().getFirst().taskInfo(), order.framework());
        var host = executors.host(
                turn,
                agent,
                new Executors.Wanted(
                        order.framework(),
                        order.under(),
                        order.fence().epochId(),
                        order.user(),
                        order.info(),
                        executor));
        var tasks = create(turn, agent, order, host);
        if (host == null) {
            for (var task : tasks) {
                steps.end(turn, task, Executors.over(turn, order.under()));
            }
            return;
        }
        if (host.isEnded()) {
            executors.endTasks(turn, host); // it cannot be run here, so they cannot
            return;
        }
        var refused = refused(order, host, tasks);
        if (refused == null) {
            write(turn, host, tasks);
        } else {
            refuse(turn, host, tasks, refused);
        }
    }

    private boolean isKnown(RunId id) {
        return book.get(id) != null || book.findCompleted(id) != null;
    }

    private static RunId id(LinkMessage.LaunchGroup order, LinkMessage.LaunchGroup.Member task) {
        return new RunId(new TaskKey(order.framework(), task.task()), order.launchedAt());
    }

    private List<TaskRun> create(Turn turn, AgentId agent, LinkMessage.LaunchGroup order, @Nullable TaskRun host) {
        var group = new RunRecord.Group(order.number(), host != null && host.isBuiltIn());
        long epochId = order.fence().epochId();
        var name = executors.name(order.framework(), order.under());
        var under = host == null
                ? new RunRecord.Under(name, Names.container(agent, name, epochId), group)
                : new RunRecord.Under(host.id, host.container, group);
        var tasks = new ArrayList<TaskRun>();
        for (var task : order.tasks()) {
            var made = new RunRecord.Order(agent, order.user(), order.info(), task.taskInfo(), turn.now(), under);
            tasks.add(book.create(id(order, task), epochId, made, Phase.RECORDING));
        }
        return tasks;
    }

    /** Why this agent cannot run the group, or null; of a group that it can run it is known then how. */
    private @Nullable String refused(LinkMessage.LaunchGroup order, TaskRun host, List<TaskRun> tasks) {
        if (book.runs.size() > AgentSettings.RUNS_MAX) {
            return "The agent already has " + AgentSettings.RUNS_MAX + " tasks, its limit";
        }
        for (var task : tasks) {
            var why = host.isBuiltIn() ? unreadable(order, task) : reader.refusedUnderExecutor(task.order.taskInfo());
            if (why != null) {
                return "Task '" + task.id.key().task() + "' of the group: " + why;
            }
        }
        return null;
    }

    private @Nullable String unreadable(LinkMessage.LaunchGroup order, TaskRun task) {
        return switch (reader.read(order.info(), task.order.taskInfo(), order.user())) {
            case TaskReader.Reading.Refused(var why) -> why;
            case TaskReader.Reading.Runs(var spec) -> {
                task.spec = spec;
                yield null;
            }
            case TaskReader.Reading.BuiltIn _ -> "it is an executor";
        };
    }

    /** Ends tasks that this agent cannot run; an executor that was made for them alone never was. */
    void refuse(Turn turn, TaskRun host, List<TaskRun> tasks, String why) {
        if (host.phase == Phase.RECORDING && !host.writes.isBegun()) {
            host.exit = new TaskExit.NotStarted(why);
            kills.step(turn, host, Input.NOT_RECORDED);
            return;
        }
        for (var task : tasks) {
            steps.end(
                    turn,
                    task,
                    RunSteps.agent(turn, TaskState.TASK_FAILED, StatusReason.REASON_CONTAINER_LAUNCH_FAILED, why));
        }
    }

    private static void write(Turn turn, TaskRun host, List<TaskRun> tasks) {
        var together = new ArrayList<AgentEffect.WriteRun>();
        if (!host.writes.isBegun()) {
            together.add(host.version());
        }
        host.ending = false;
        for (var task : tasks) {
            if (task.isShared()) {
                task.add(new RunRecord.Update(
                        TaskState.TASK_STARTING, StatusSource.SOURCE_EXECUTOR, null, "", turn.now()));
            }
            together.add(task.version());
        }
        turn.add(new AgentEffect.WriteTogether(together));
    }
}
