package org.mesolith.codec.v1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Ids;
import org.mesolith.model.Resources;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/** What is wrong with an executor by itself: all of it, as sentences. */
final class ExecutorShape {
    /** Least an executor of a group may have, in thousandths: 0.01 cpus, 32 MB. */
    private static final long CPUS_MILLI_MIN = 10;

    private static final long MEM_MILLI_MIN = 32_000;

    private ExecutorShape() {}

    static List<String> of(ExecutorInfo executor, @Nullable FrameworkId framework, boolean inGroup) {
        var problems = new ArrayList<String>();
        var id = Ids.problem(executor.getExecutorId().getValue());
        if (id != null) {
            problems.add("executor.executor_id: " + id);
        }
        if (executor.hasFrameworkId()
                && framework != null
                && !executor.getFrameworkId().getValue().equals(framework.value())) {
            problems.add("executor.framework_id is " + executor.getFrameworkId().getValue() + ", must be " + framework);
        }
        if (executor.getResourcesList().stream().anyMatch(resource -> resource.hasShared())) {
            problems.add("executor.resources cannot be shared");
        }
        switch (executor.getType()) {
            case DEFAULT -> builtIn(executor, inGroup, problems);
            case CUSTOM, UNKNOWN -> custom(executor, inGroup, problems);
        }
        var linux = executor.getContainer().getLinuxInfo();
        if (linux.hasShareCgroups() && linux.getShareCgroups()) {
            problems.add("executor.container.linux_info.share_cgroups cannot be true");
        }
        addNotNull(problems, "executor.command: ", ContainerShape.problem(executor.getCommand()));
        if (executor.hasContainer()) {
            addNotNull(problems, "executor.container: ", ContainerShape.problem(executor.getContainer()));
        }
        return problems;
    }

    private static void builtIn(ExecutorInfo executor, boolean inGroup, List<String> problems) {
        if (!inGroup) {
            problems.add("executor.type is DEFAULT, which only groups of tasks can use; take CUSTOM");
        }
        if (executor.hasCommand()) {
            problems.add("executor.command cannot be set: the DEFAULT executor brings its own");
        }
        var container = executor.getContainer();
        if (executor.hasContainer()
                && (container.getType() != ContainerInfo.Type.MESOS
                        || container.getMesos().hasImage())) {
            problems.add("executor.container of a DEFAULT executor must be of type MESOS, without an image");
        }
    }

    private static void custom(ExecutorInfo executor, boolean inGroup, List<String> problems) {
        if (inGroup && executor.getType() == ExecutorInfo.Type.UNKNOWN) {
            problems.add("executor.type is required in a group: DEFAULT or CUSTOM");
        }
        if (!executor.hasCommand()) {
            problems.add("executor.command is required: a CUSTOM executor must say what to run");
        }
    }

    /** What only a group asks for; {@code task} may name its executor, which then must be the group's. */
    static List<String> ofGroup(ExecutorInfo group, TaskInfo task) {
        var problems = new ArrayList<String>();
        if (task.hasExecutor() && !task.getExecutor().equals(group)) {
            problems.add("executor differs from the executor of the group");
        }
        var resources = ResourceCodec.decode(group.getResourcesList(), Path.ROOT, new ShapeErrors(1));
        if (!isEnough(resources)) {
            problems.add("executor.resources of a group must have at least cpus:0.01, mem:32 and some disk");
        }
        if (group.getContainer().getType() == ContainerInfo.Type.DOCKER && group.hasContainer()) {
            problems.add("executor.container of a group cannot be of type DOCKER");
        }
        return problems;
    }

    private static boolean isEnough(Resources resources) {
        return resources.milli("cpus") >= CPUS_MILLI_MIN
                && resources.milli("mem") >= MEM_MILLI_MIN
                && resources.milli("disk") > 0;
    }

    private static void addNotNull(List<String> problems, String before, @Nullable String problem) {
        if (problem != null) {
            problems.add(before + problem);
        }
    }
}
