package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be launched: what the master decides on, and the whole message that the agent gets.
 *
 * @param resources of the task itself, in the form with reservation stacks; allocated to the offer's role
 * @param executor null for a command task
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
}
