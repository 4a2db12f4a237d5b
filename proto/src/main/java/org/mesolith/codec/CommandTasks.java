package org.mesolith.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.UriFetch;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.TaskCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentId;
import org.mesolith.model.Milli;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.proto.gen.v1.CommandInfo;
import org.mesolith.proto.gen.v1.ContainerInfo;
import org.mesolith.proto.gen.v1.ContainerStatus;
import org.mesolith.proto.gen.v1.Environment;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.FrameworkInfo;
import org.mesolith.proto.gen.v1.LinuxInfo;
import org.mesolith.proto.gen.v1.RLimitInfo;
import org.mesolith.proto.gen.v1.TaskInfo;
import org.mesolith.proto.gen.v1.Volume;

/** Commands in {@code mesos.v1.TaskInfo}: read by agents, written by small frameworks. Any thread. */
public final class CommandTasks {
    private static final String TASK_INFO = TaskInfo.getDescriptor().getFullName();

    private CommandTasks() {}

    /** Reads a task; refused if the bytes are no TaskInfo or it has no command. */
    public static Decoded<CommandTask> read(Opaque taskInfo) {
        if (!taskInfo.schema().equals(TASK_INFO)) {
            return Decoded.refused("bytes of " + taskInfo.schema() + " where " + TASK_INFO + " is expected");
        }
        try {
            return read(TaskInfo.parseFrom(taskInfo.bytes()));
        } catch (IllegalArgumentException cannotBeDone) {
            return Decoded.refused(String.valueOf(cannotBeDone.getMessage()));
        } catch (InvalidProtocolBufferException e) {
            return Decoded.refused("bytes that should be " + TASK_INFO + " are not: " + e.getMessage());
        }
    }

    static Decoded<CommandTask> read(TaskInfo from) {
        if (!from.hasCommand()) {
            return Decoded.refused("the task has no command");
        }
        var command = from.getCommand();
        if (command.getShell() && command.getValue().isEmpty()) {
            return Decoded.refused("the command is for the shell and empty");
        }
        return new Decoded.Ok<>(new CommandTask(
                from.getName(),
                command.getShell(),
                command.getValue(),
                command.getArgumentsList(),
                command.getEnvironment().getVariablesList().stream()
                        .filter(variable -> variable.hasValue())
                        .map(variable -> new CommandTask.Variable(variable.getName(), variable.getValue()))
                        .toList(),
                command.hasUser() ? command.getUser() : null,
                from.getKillPolicy().hasGracePeriod()
                        ? Times.duration(from.getKillPolicy().getGracePeriod())
                        : null,
                from.hasMaxCompletionTime() ? Times.duration(from.getMaxCompletionTime()) : null,
                from.getContainer().getRlimitInfo().getRlimitsList().stream()
                        .filter(limit -> limit.getType() != RLimitInfo.RLimit.Type.UNKNOWN)
                        .map(CommandTasks::limit)
                        .toList(),
                unmet(from),
                command.getUrisList().stream().map(CommandTasks::uri).toList(),
                from.hasCheck() ? TaskProbes.check(from.getCheck()) : null,
                from.hasHealthCheck() ? TaskProbes.health(from.getHealthCheck()) : null));
    }

    private static UriFetch uri(CommandInfo.URI from) {
        return new UriFetch(
                from.getValue(),
                from.getExecutable(),
                from.getExtract(),
                from.getCache(),
                from.hasOutputFile() ? from.getOutputFile() : null);
    }

    private static CommandTask.ProcessLimit limit(RLimitInfo.RLimit from) {
        return new CommandTask.ProcessLimit(
                from.getType().name().substring("RLMT_".length()).toLowerCase(Locale.ROOT),
                from.hasSoft() ? from.getSoft() : null,
                from.hasHard() ? from.getHard() : null);
    }

    static List<String> unmet(TaskInfo from) {
        var fields = new ArrayList<String>();
        // A task of a group names the built-in executor; its command is for the agent all the same.
        addIf(fields, from.hasExecutor() && from.getExecutor().getType() != ExecutorInfo.Type.DEFAULT, "executor");
        addIf(
                fields,
                from.getCommand().getEnvironment().getVariablesList().stream()
                        .anyMatch(variable -> variable.getType() != Environment.Variable.Type.VALUE),
                "command.environment (secrets)");
        fields.addAll(TaskProbes.unmet(
                from.getCommand(),
                from.hasCheck() ? from.getCheck() : null,
                from.hasHealthCheck() ? from.getHealthCheck() : null));
        addIf(fields, boundsCpus(from), "limits (of cpus; Infinity is no limit)");
        var container = from.getContainer();
        addIf(fields, from.hasContainer() && container.getType() == ContainerInfo.Type.DOCKER, "container.docker");
        addIf(fields, container.getMesos().hasImage(), "container.mesos.image");
        addIf(
                fields,
                container.getVolumesList().stream().anyMatch(volume -> !isOfSandbox(volume)),
                "container.volumes (other than SANDBOX_PATH)");
        addIf(
                fields,
                container.getVolumesList().stream().anyMatch(volume -> volume.getMode() == Volume.Mode.RO),
                "container.volumes (read only)");
        addIf(fields, container.getNetworkInfosCount() > 0, "container.network_infos");
        addIf(fields, container.hasHostname(), "container.hostname");
        var linux = container.getLinuxInfo().toBuilder().clearShareCgroups().build();
        addIf(fields, !linux.equals(LinuxInfo.getDefaultInstance()), "container.linux_info (other than share_cgroups)");
        addIf(fields, container.hasTtyInfo(), "container.tty_info");
        addIf(fields, hasReadOnlyVolume(from), "resources (persistent volumes that are read only)");
        return fields;
    }

    /** Whether a {@code mesos.v1.TaskInfo} has a persistent volume that must not be written. */
    public static boolean hasReadOnlyVolume(Opaque taskInfo) {
        return hasReadOnlyVolume(Opaques.read(TaskInfo.getDefaultInstance(), taskInfo));
    }

    private static boolean hasReadOnlyVolume(TaskInfo from) {
        return from.getResourcesList().stream()
                .anyMatch(resource -> resource.getDisk().hasPersistence()
                        && resource.getDisk().getVolume().getMode() == Volume.Mode.RO);
    }

    private static boolean boundsCpus(TaskInfo from) {
        var limit = from.getLimitsMap().get("cpus");
        return limit != null && limit.getValue() != Double.POSITIVE_INFINITY;
    }

    /** Whether a task of a group shares its memory with the others; by default it does. */
    public static boolean sharesMemory(Opaque taskInfo) {
        return Opaques.read(TaskInfo.getDefaultInstance(), taskInfo)
                .getContainer()
                .getLinuxInfo()
                .getShareCgroups();
    }

    /**
     * The memory that a task may use: its limit, else what it asks for; in thousandths of a MiB, 0 when it asks for
     * none, {@link Long#MAX_VALUE} when nothing limits it.
     */
    public static long memoryMax(Opaque taskInfo) {
        var limit = Opaques.read(TaskInfo.getDefaultInstance(), taskInfo)
                .getLimitsMap()
                .get("mem");
        if (limit == null) {
            return resourcesOf(taskInfo).milli("mem");
        }
        return limit.getValue() == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : Milli.ofDouble(limit.getValue());
    }

    private static boolean isOfSandbox(Volume volume) {
        return volume.getSource().getType() == Volume.Source.Type.SANDBOX_PATH
                && volume.getSource().getSandboxPath().getType() != Volume.Source.SandboxPath.Type.UNKNOWN;
    }

    /**
     * A directory of a sandbox that a task wants to see at a place in its own.
     *
     * @param ofParent whether it lies in the sandbox of the executor around the task, else in the task's own
     * @param source the directory, as the framework wrote it
     * @param path the place, as the framework wrote it
     */
    public record SandboxVolume(boolean ofParent, String source, String path) {}

    /** Those that a task asks for. */
    public static List<SandboxVolume> sandboxVolumes(Opaque taskInfo) {
        return sandboxVolumes(
                Opaques.read(TaskInfo.getDefaultInstance(), taskInfo).getContainer());
    }

    static List<SandboxVolume> sandboxVolumes(ContainerInfo from) {
        return from.getVolumesList().stream()
                .filter(CommandTasks::isOfSandbox)
                .map(volume -> {
                    var path = volume.getSource().getSandboxPath();
                    return new SandboxVolume(
                            path.getType() == Volume.Source.SandboxPath.Type.PARENT,
                            path.getPath(),
                            volume.getContainerPath());
                })
                .toList();
    }

    private static void addIf(List<String> fields, boolean asked, String field) {
        if (asked) {
            fields.add(field);
        }
    }

    /** The resources that a {@code mesos.v1.TaskInfo} asks for; what cannot be read of them is left out. */
    public static Resources resourcesOf(Opaque taskInfo) {
        var errors = new ShapeErrors(1);
        var read = Opaques.read(TaskInfo.getDefaultInstance(), taskInfo);
        return ResourceCodec.decode(read.getResourcesList(), Path.ROOT.field("resources"), errors);
    }

    /** The task as a launch, for {@link SchedulerClientCodec}; what {@link CommandTask#unmet} names is not in it. */
    public static TaskLaunch launch(CommandTask from, TaskId id, AgentId agent, Resources resources) {
        var to = TaskInfo.newBuilder()
                .setName(from.name())
                .setCommand(command(from))
                .addAllResources(ResourceCodec.encode(resources, ResourceForm.OURS));
        to.getTaskIdBuilder().setValue(id.value());
        to.getAgentIdBuilder().setValue(agent.value());
        if (from.killGrace() != null) {
            to.getKillPolicyBuilder().setGracePeriod(Times.info(from.killGrace()));
        }
        if (from.maxCompletionTime() != null) {
            to.setMaxCompletionTime(Times.info(from.maxCompletionTime()));
        }
        if (!from.limits().isEmpty()) {
            to.getContainerBuilder().setType(ContainerInfo.Type.MESOS).setRlimitInfo(limits(from.limits()));
        }
        if (from.check() != null) {
            to.setCheck(TaskProbes.check(from.check()));
        }
        if (from.health() != null) {
            to.setHealthCheck(TaskProbes.health(from.health()));
        }
        return TaskCodec.decode(to.build(), null);
    }

    private static CommandInfo command(CommandTask from) {
        var to = CommandInfo.newBuilder().setShell(from.shell()).setValue(from.value());
        to.addAllArguments(from.arguments());
        if (from.user() != null) {
            to.setUser(from.user());
        }
        from.uris().forEach(uri -> to.addUris(uri(uri)));
        for (var variable : from.environment()) {
            to.getEnvironmentBuilder()
                    .addVariablesBuilder()
                    .setName(variable.name())
                    .setValue(variable.value());
        }
        return to.build();
    }

    private static CommandInfo.URI uri(UriFetch from) {
        var to = CommandInfo.URI
                .newBuilder()
                .setValue(from.uri())
                .setExecutable(from.executable())
                .setExtract(from.extract())
                .setCache(from.cache());
        if (from.outputFile() != null) {
            to.setOutputFile(from.outputFile());
        }
        return to.build();
    }

    private static RLimitInfo limits(List<CommandTask.ProcessLimit> from) {
        var to = RLimitInfo.newBuilder();
        for (var limit : from) {
            var type = RLimitInfo.RLimit.Type.valueOf("RLMT_" + limit.resource().toUpperCase(Locale.ROOT));
            var one = to.addRlimitsBuilder().setType(type);
            if (limit.soft() != null) {
                one.setSoft(limit.soft());
            }
            if (limit.hard() != null) {
                one.setHard(limit.hard());
            }
        }
        return to.build();
    }

    /**
     * The user whose tasks run when they name none: that of this {@code mesos.v1.FrameworkInfo}, empty if it is none.
     */
    public static String userOf(Opaque framework) {
        return Opaques.read(FrameworkInfo.getDefaultInstance(), framework).getUser();
    }

    /**
     * As whom this {@code mesos.v1.TaskInfo} runs: the user of its command, else of its executor's; null when neither
     * names one. Of a {@code mesos.v1.ExecutorInfo}, that of its command.
     */
    public static @Nullable String userOfTask(Opaque taskInfo) {
        if (taskInfo.schema().equals(ExecutorTasks.SCHEMA)) {
            return ExecutorTasks.userOf(taskInfo);
        }
        return TaskCodec.user(Opaques.read(TaskInfo.getDefaultInstance(), taskInfo));
    }

    /**
     * A status with nothing but the container in it, and what its check saw last, for {@link TaskStatus#rest}.
     *
     * @param parent the container of the built-in executor that the task runs under; null for any other task
     * @param check null for a task that has none
     * @param ip where the task can be reached
     */
    public static Opaque statusRest(Uuid container, @Nullable Uuid parent, @Nullable CheckStatus check, String ip) {
        var to = org.mesolith.proto.gen.v1.TaskStatus.newBuilder();
        if (check != null) {
            to.setCheckStatus(TaskProbes.status(check));
        }
        var id = to.getContainerStatusBuilder().getContainerIdBuilder();
        id.setValue(container.toString());
        if (parent != null) {
            id.getParentBuilder().setValue(parent.toString());
        }
        addAddress(to.getContainerStatusBuilder(), ip);
        return new Opaque(TaskStatus.SCHEMA, to.buildPartial().toByteArray());
    }

    /** The address of the agent, for a container that has no network of its own. */
    static void addAddress(ContainerStatus.Builder to, String ip) {
        if (to.getNetworkInfosCount() == 0) {
            to.addNetworkInfosBuilder().addIpAddressesBuilder().setIpAddress(ip);
        }
    }

    /** Whether the framework of this message wants to hear of TASK_KILLING. */
    public static boolean knowsKilling(Opaque framework) {
        return Opaques.read(FrameworkInfo.getDefaultInstance(), framework).getCapabilitiesList().stream()
                .anyMatch(capability -> capability.getType() == FrameworkInfo.Capability.Type.TASK_KILLING_STATE);
    }
}
