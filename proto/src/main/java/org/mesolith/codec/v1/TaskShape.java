package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Ids;
import org.mesolith.model.Milli;
import org.mesolith.model.Ranges;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceProblems;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskProblem.Step;
import org.mesolith.model.Value;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/** What is wrong with a task by itself, in the order of Mesos' validation ({@code validation.cpp}). */
final class TaskShape {
    private final TaskInfo task;
    private final @Nullable FrameworkId framework;
    private final @Nullable ExecutorInfo group;

    TaskShape(TaskInfo task, @Nullable FrameworkId framework) {
        this(task, framework, null);
    }

    private TaskShape(TaskInfo task, @Nullable FrameworkId framework, @Nullable ExecutorInfo group) {
        this.task = task;
        this.framework = framework;
        this.group = group;
    }

    /** The same task as one of a group under this executor. */
    TaskShape inGroup(ExecutorInfo executor) {
        return new TaskShape(task, framework, executor);
    }

    /** Whose task it is, null when nobody knows. */
    @Nullable
    FrameworkId framework() {
        return framework;
    }

    List<TaskProblem> beforeResources() {
        var problems = new ArrayList<TaskProblem>();
        add(
                problems,
                Step.TASK_ID,
                about("task_id", Ids.problem(task.getTaskId().getValue())));
        if (task.getKillPolicy().getGracePeriod().getNanoseconds() < 0) {
            add(problems, Step.KILL_POLICY, "kill_policy.grace_period must not be negative");
        }
        if (task.getMaxCompletionTime().getNanoseconds() < 0) {
            add(problems, Step.MAX_COMPLETION_TIME, "max_completion_time must not be negative");
        }
        if (task.hasCheck()) {
            add(problems, Step.CHECK, about("check", CheckShape.problem(task.getCheck())));
        }
        if (task.hasHealthCheck()) {
            add(problems, Step.HEALTH_CHECK, about("health_check", healthCheck()));
        }
        return problems;
    }

    private @Nullable String healthCheck() {
        var check = task.getHealthCheck();
        boolean ownNetwork = task.getContainer().getNetworkInfosCount() > 0;
        if (group != null && ownNetwork && (check.hasHttp() || check.hasTcp())) {
            return "over HTTP or TCP cannot be done for a task of a group with networks of its own";
        }
        return CheckShape.problem(check, group == null);
    }

    List<TaskProblem> resources(Resources resources) {
        var problems = new ArrayList<TaskProblem>();
        if (resources.isEmpty()) {
            add(problems, Step.RESOURCES, "resources: the task uses none; give it some");
        }
        for (var text : ResourceProblems.ofTask(resources)) {
            add(problems, Step.RESOURCES, "resources: " + text);
        }
        return problems;
    }

    List<TaskProblem> afterResources(Resources resources) {
        var problems = new ArrayList<TaskProblem>();
        if (task.hasCommand()) {
            add(problems, Step.COMMAND, about("command", ContainerShape.problem(task.getCommand())));
        }
        if (task.hasContainer()) {
            add(problems, Step.CONTAINER, about("container", ContainerShape.problem(task.getContainer())));
            if (group != null && task.getContainer().getType() == ContainerInfo.Type.DOCKER) {
                add(problems, Step.CONTAINER, "container: tasks of a group cannot use DOCKER containers");
            }
        }
        if (group != null && task.getLimitsCount() > 0 && sharesCgroups()) {
            add(
                    problems,
                    Step.LIMITS,
                    "limits: a task of a group can have them only with container.linux_info.share_cgroups false");
        }
        task.getLimitsMap()
                .forEach((name, limit) -> add(problems, Step.LIMITS, limit(name, limit.getValue(), resources)));
        return problems;
    }

    /** Limits need cpus or mem, a request for it, and at least that request; Infinity lifts the limit. */
    private static @Nullable String limit(String name, double limit, Resources resources) {
        if (!name.equals("cpus") && !name.equals("mem")) {
            return "limits: only cpus and mem can be limited, not \"" + name + "\"";
        }
        long requested = resources.milli(name);
        if (requested == 0) {
            return "limits: " + name + " is limited but none is requested";
        }
        if (limit != Double.POSITIVE_INFINITY && !(Milli.fits(limit) && Milli.ofDouble(limit) >= requested)) {
            return "limits: " + name + " " + limit + " is below the " + Milli.text(requested) + " requested";
        }
        return null;
    }

    List<TaskProblem> executor(Resources resources, @Nullable ExecutorLaunch executor) {
        var problems = new ArrayList<TaskProblem>();
        if (group == null) {
            if (task.hasExecutor() == task.hasCommand()) {
                add(problems, Step.EXECUTOR, "a task must have either an executor or a command");
            }
        } else {
            ExecutorShape.ofGroup(group, task).forEach(text -> add(problems, Step.EXECUTOR, text));
        }
        if (task.hasExecutor()) {
            ExecutorShape.of(task.getExecutor(), framework, group != null)
                    .forEach(text -> add(problems, Step.EXECUTOR, text));
        }
        if (executor != null) {
            overlap(resources, executor.resources())
                    .ifPresent(name ->
                            add(problems, Step.OVERLAP, "resources: task and executor both use the same " + name));
            mixed(resources, executor.resources())
                    .ifPresent(name -> add(
                            problems,
                            Step.OVERLAP,
                            "resources: task and executor together use revocable and other " + name
                                    + "; use one of them"));
        }
        if (group == null && !sharesCgroups()) {
            add(problems, Step.CGROUPS, "container.linux_info.share_cgroups can be false only in a group of tasks");
        }
        return problems;
    }

    /** By default it does. */
    private boolean sharesCgroups() {
        return task.getContainer().getLinuxInfo().getShareCgroups();
    }

    /** The first name of which the one uses revocable ones and the other does not. */
    private static Optional<String> mixed(Resources left, Resources right) {
        for (var name : left.names()) {
            var mine = left.named(name);
            var other = right.named(name);
            boolean here = !mine.revocable().isEmpty() && !other.nonRevocable().isEmpty();
            boolean there = !mine.nonRevocable().isEmpty() && !other.revocable().isEmpty();
            if (here || there) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** The name of the first ranges or set of which both have a part. */
    private static Optional<String> overlap(Resources left, Resources right) {
        for (var mine : left) {
            for (var other : right) {
                if (mine.name().equals(other.name()) && meets(mine, other)) {
                    return Optional.of(mine.name());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean meets(Resource mine, Resource other) {
        return switch (mine.value()) {
            case Ranges ranges ->
                other.value() instanceof Ranges others
                        && !ranges.without(others).equals(ranges);
            case Value.Items(var items) ->
                other.value() instanceof Value.Items(var others)
                        && items.stream().anyMatch(others::contains);
            case Value.Scalar _, Value.Text _ -> false;
        };
    }

    private static @Nullable String about(String field, @Nullable String problem) {
        return problem == null ? null : field + ": " + problem;
    }

    private static void add(List<TaskProblem> problems, Step step, @Nullable String text) {
        if (text != null) {
            problems.add(new TaskProblem(step, text));
        }
    }
}
