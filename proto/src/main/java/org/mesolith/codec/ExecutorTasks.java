package org.mesolith.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.TaskCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.TaskGroupInfo;
import org.mesolith.proto.gen.v1.TaskInfo;

/** Executors in {@code mesos.v1.TaskInfo}, and what agents must know of them. Any thread. */
public final class ExecutorTasks {
    /** Schema of an executor. */
    public static final String SCHEMA = ExecutorInfo.getDescriptor().getFullName();

    private ExecutorTasks() {}

    /**
     * The executor that a task names, whole, as the masters compare it.
     *
     * @throws IllegalArgumentException if the bytes are no TaskInfo
     */
    public static Opaque executorOf(Opaque taskInfo, FrameworkId framework) {
        var task = Opaques.read(TaskInfo.getDefaultInstance(), taskInfo);
        return TaskCodec.executor(task.getExecutor(), framework, new ShapeErrors(1))
                .raw();
    }

    /** What there is to run for an executor; its grace at a shutdown is the grace of the task that it is here. */
    public static Decoded<CommandTask> read(Opaque executorInfo) {
        try {
            var executor = ExecutorInfo.parseFrom(executorInfo.bytes());
            var task = TaskInfo.newBuilder().setName(name(executor)).setCommand(executor.getCommand());
            if (executor.hasShutdownGracePeriod()) {
                task.getKillPolicyBuilder().setGracePeriod(executor.getShutdownGracePeriod());
            }
            if (executor.hasContainer()) {
                task.setContainer(executor.getContainer());
            }
            return executor.hasCommand()
                    ? CommandTasks.read(task.buildPartial())
                    : Decoded.refused("the executor has no command");
        } catch (IllegalArgumentException cannotBeDone) {
            return Decoded.refused(String.valueOf(cannotBeDone.getMessage()));
        } catch (InvalidProtocolBufferException e) {
            return Decoded.refused("bytes that should be an ExecutorInfo are not: " + e.getMessage());
        }
    }

    /**
     * A built-in executor.
     *
     * @param grace between its shutdown and the end of its tasks, null when it does not say
     * @param unmet what it asks for beside that, as names of fields: whoever runs it without must not claim to
     */
    public record BuiltIn(@Nullable Duration grace, List<String> unmet) {
        public BuiltIn {
            unmet = List.copyOf(unmet);
        }
    }

    /** What there is to know of an executor of type DEFAULT; null for one that brings its own program. */
    public static @Nullable BuiltIn builtIn(Opaque executorInfo) {
        var executor = Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo);
        if (executor.getType() != ExecutorInfo.Type.DEFAULT) {
            return null;
        }
        var asks = TaskInfo.newBuilder();
        if (executor.hasContainer()) {
            asks.setContainer(executor.getContainer());
        }
        var unmet = new ArrayList<>(CommandTasks.unmet(asks.buildPartial()));
        if (executor.getContainer().getVolumesCount() > 0) {
            unmet.add("container.volumes of a DEFAULT executor (give them to its tasks)");
        }
        return new BuiltIn(
                executor.hasShutdownGracePeriod() ? Times.duration(executor.getShutdownGracePeriod()) : null, unmet);
    }

    /**
     * A group of tasks under the built-in executor, for small frameworks.
     *
     * @param resources of the executor itself
     * @param tasks each as by itself
     */
    public static OfferOperation.LaunchGroup group(ExecutorId id, Resources resources, List<TaskLaunch> tasks) {
        var executor = ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .addAllResources(ResourceCodec.encode(resources, ResourceForm.OURS));
        executor.getExecutorIdBuilder().setValue(id.value());
        var group = TaskGroupInfo.newBuilder();
        tasks.forEach(task -> group.addTasks(Opaques.read(TaskInfo.getDefaultInstance(), task.taskInfo())));
        return new OfferOperation.LaunchGroup(
                null,
                TaskCodec.executor(executor.build(), null, new ShapeErrors(1)),
                TaskCodec.decodeGroup(group.build(), executor.build(), null));
    }

    /** The built-in executor that a task of a group names, whole; null for any other task. */
    public static @Nullable Opaque builtInOf(Opaque taskInfo) {
        var task = Opaques.read(TaskInfo.getDefaultInstance(), taskInfo);
        return task.hasExecutor() && task.getExecutor().getType() == ExecutorInfo.Type.DEFAULT
                ? new Opaque(SCHEMA, task.getExecutor().toByteArray())
                : null;
    }

    /** Directories of its own sandbox that an executor wants to see elsewhere in it. */
    public static List<CommandTasks.SandboxVolume> sandboxVolumes(Opaque executorInfo) {
        return CommandTasks.sandboxVolumes(
                Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo).getContainer());
    }

    /** The type of an executor in the v1 interface. */
    public static String typeOf(Opaque executorInfo) {
        return Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo)
                .getType()
                .name();
    }

    /** The name of a task, may be empty. */
    public static String nameOfTask(Opaque taskInfo) {
        return Opaques.read(TaskInfo.getDefaultInstance(), taskInfo).getName();
    }

    /** The name of an executor, may be empty. */
    public static String nameOf(Opaque executorInfo) {
        return name(Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo));
    }

    /** As whom it runs; null when it does not say. */
    public static @Nullable String userOf(Opaque executorInfo) {
        var command =
                Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo).getCommand();
        return command.hasUser() ? command.getUser() : null;
    }

    /** Its source, may be empty. */
    @SuppressWarnings("deprecation") // older pages show it
    public static String sourceOf(Opaque executorInfo) {
        return Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo).getSource();
    }

    /** Its own resources; what cannot be read of them is left out. */
    public static Resources resourcesOf(Opaque executorInfo) {
        var read = Opaques.read(ExecutorInfo.getDefaultInstance(), executorInfo);
        return ResourceCodec.decode(read.getResourcesList(), Path.ROOT.field("resources"), new ShapeErrors(1));
    }

    /**
     * The rest of a status that an executor made, with the container of the executor, and the agent's address, where it
     * names none.
     */
    public static Opaque inContainer(Opaque rest, Uuid container, String ip) {
        var to = Opaques.read(org.mesolith.proto.gen.v1.TaskStatus.getDefaultInstance(), rest).toBuilder();
        if (!to.getContainerStatus().hasContainerId()) {
            to.getContainerStatusBuilder().getContainerIdBuilder().setValue(container.toString());
        }
        CommandTasks.addAddress(to.getContainerStatusBuilder(), ip);
        return new Opaque(TaskStatus.SCHEMA, to.buildPartial().toByteArray());
    }

    private static String name(ExecutorInfo executor) {
        return executor.getName();
    }
}
