package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.TaskGroupInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/**
 * Reads tasks to be launched. A wrong task does not refuse the call that brings it: its problems go with it, and the
 * framework hears of them in a TASK_ERROR.
 */
public final class TaskCodec {
    private static final int PROBLEMS_MAX = 5;
    private static final String UNLIKE = "container.linux_info.share_cgroups must be the same for all tasks of a group";

    private TaskCodec() {}

    public static TaskLaunch decode(TaskInfo from, @Nullable FrameworkId framework) {
        return decode(from, new TaskShape(from, framework));
    }

    /** Reads the tasks of a group; the bytes of each name the group's executor. */
    public static List<TaskLaunch> decodeGroup(
            TaskGroupInfo group, ExecutorInfo executor, @Nullable FrameworkId framework) {
        var tasks = new ArrayList<TaskLaunch>(group.getTasksCount());
        var tooMuch = tooMuch(group, executor);
        for (var task : group.getTasksList()) {
            if (tooMuch != null) {
                tasks.add(unread(task, tooMuch));
                continue;
            }
            var read = decodeInGroup(task, executor, framework);
            boolean alike = sharesCgroups(task) == sharesCgroups(group.getTasks(0));
            tasks.add(alike ? read : read.with(new TaskProblem(TaskProblem.Step.CGROUPS, UNLIKE)));
        }
        return tasks;
    }

    private static @Nullable String tooMuch(TaskGroupInfo group, ExecutorInfo executor) {
        int count = group.getTasksCount();
        if (count > Limits.GROUP_TASKS_MAX) {
            return "the group has " + count + " tasks, at most " + Limits.GROUP_TASKS_MAX
                    + " are possible; launch several groups";
        }
        long bytes = (long) executor.getSerializedSize() * count;
        return bytes > Limits.GROUP_EXECUTOR_BYTES_MAX
                ? "the executor of the group goes along with each of its " + count + " tasks: that is " + bytes
                        + " bytes, at most " + Limits.GROUP_EXECUTOR_BYTES_MAX + " are possible; make it smaller"
                : null;
    }

    private static TaskLaunch unread(TaskInfo task, String why) {
        return new TaskLaunch(
                new TaskId(task.getTaskId().getValue()),
                task.getName(),
                new AgentId(task.getAgentId().getValue()),
                Resources.EMPTY,
                null,
                List.of(new TaskProblem(TaskProblem.Step.EXECUTOR, why)),
                Opaques.of(task),
                user(task));
    }

    private static boolean sharesCgroups(TaskInfo task) {
        return task.getContainer().getLinuxInfo().getShareCgroups();
    }

    static TaskLaunch decodeInGroup(TaskInfo from, ExecutorInfo executor, @Nullable FrameworkId framework) {
        var named = named(from.hasExecutor() ? from.getExecutor() : executor, framework);
        var task = from.toBuilder().setExecutor(named).build();
        return decode(task, new TaskShape(task, framework).inGroup(named(executor, framework)))
                .ofGroup();
    }

    /** With the id of its framework, which may be left out. */
    private static ExecutorInfo named(ExecutorInfo executor, @Nullable FrameworkId framework) {
        if (framework == null || executor.hasFrameworkId()) {
            return executor;
        }
        var named = executor.toBuilder();
        named.getFrameworkIdBuilder().setValue(framework.value());
        return named.build();
    }

    private static TaskLaunch decode(TaskInfo from, TaskShape shape) {
        var errors = new ShapeErrors(PROBLEMS_MAX);
        var resources = ResourceCodec.decode(from.getResourcesList(), Path.ROOT.field("resources"), errors);
        var executorErrors = new ShapeErrors(PROBLEMS_MAX);
        var executor = from.hasExecutor() ? executor(from.getExecutor(), shape.framework(), executorErrors) : null;
        var problems = new ArrayList<TaskProblem>(shape.beforeResources());
        errors.texts().forEach(text -> problems.add(new TaskProblem(TaskProblem.Step.RESOURCES, text)));
        if (errors.isEmpty()) {
            problems.addAll(shape.resources(resources));
        }
        problems.addAll(shape.afterResources(resources));
        executorErrors
                .texts()
                .forEach(text -> problems.add(new TaskProblem(TaskProblem.Step.EXECUTOR, "executor." + text)));
        problems.addAll(shape.executor(resources, executor));
        return new TaskLaunch(
                new TaskId(from.getTaskId().getValue()),
                from.getName(),
                new AgentId(from.getAgentId().getValue()),
                resources,
                executor,
                problems,
                Opaques.of(from),
                user(from));
    }

    /** Of the task's own command, else of its executor's; null when neither names one. */
    public static @Nullable String user(TaskInfo from) {
        if (from.hasCommand() && from.getCommand().hasUser()) {
            return from.getCommand().getUser();
        }
        var executor = from.getExecutor().getCommand();
        return executor.hasUser() ? executor.getUser() : null;
    }

    /** Whole: a framework id that is left out is filled in, and the type CUSTOM where none is named. */
    public static ExecutorLaunch executor(ExecutorInfo from, @Nullable FrameworkId framework, ShapeErrors errors) {
        var whole = named(from, framework).toBuilder();
        if (from.getType() == ExecutorInfo.Type.UNKNOWN) {
            whole.setType(ExecutorInfo.Type.CUSTOM);
        }
        return launch(whole.build(), errors);
    }

    private static ExecutorLaunch launch(ExecutorInfo from, ShapeErrors errors) {
        return new ExecutorLaunch(
                new ExecutorId(from.getExecutorId().getValue()),
                switch (from.getType()) {
                    case UNKNOWN -> ExecutorLaunch.Kind.UNKNOWN;
                    case DEFAULT -> ExecutorLaunch.Kind.DEFAULT;
                    case CUSTOM -> ExecutorLaunch.Kind.CUSTOM;
                },
                ResourceCodec.decode(from.getResourcesList(), Path.ROOT.field("resources"), errors),
                Opaques.of(from));
    }
}
