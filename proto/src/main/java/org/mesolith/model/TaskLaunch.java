package org.mesolith.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be launched: what the master decides on, and the whole message that the agent gets.
 *
 * @param resources of the task itself, in the form with reservation stacks; allocated to the offer's role
 * @param executor null for a command task, and for a task of a group: the group names it
 * @param problems what the codec found wrong with the message by itself, in the order of the validation
 * @param taskInfo the whole {@code mesos.v1.TaskInfo} as it came
 * @param user as whom its command runs, null for the framework's user; asked for when the call is checked and not kept
 */
public record TaskLaunch(
        TaskId task,
        String name,
        AgentId agent,
        Resources resources,
        @Nullable ExecutorLaunch executor,
        List<TaskProblem> problems,
        Opaque taskInfo,
        @Nullable String user) {
    /** One that runs as its framework's user. */
    public TaskLaunch(
            TaskId task,
            String name,
            AgentId agent,
            Resources resources,
            @Nullable ExecutorLaunch executor,
            List<TaskProblem> problems,
            Opaque taskInfo) {
        this(task, name, agent, resources, executor, problems, taskInfo, null);
    }

    public TaskLaunch {
        problems = List.copyOf(problems);
    }

    /** The same with one more problem. */
    public TaskLaunch with(TaskProblem problem) {
        var all = new ArrayList<>(problems);
        all.add(problem);
        return new TaskLaunch(task, name, agent, resources, executor, all, taskInfo, user);
    }

    /** The same as a task of a group, which names the executor for all. */
    public TaskLaunch ofGroup() {
        return new TaskLaunch(task, name, agent, resources, null, problems, taskInfo, user);
    }
}
