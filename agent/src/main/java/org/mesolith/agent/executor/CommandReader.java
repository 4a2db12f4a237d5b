package org.mesolith.agent.executor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.DiskShare;
import org.mesolith.agent.core.TaskReader;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.api.CheckStatus;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;
import org.mesolith.model.Uuid;

/**
 * Reads command tasks. A task that asks for something this agent cannot do yet is refused: it must not run without what
 * it asked for.
 */
public final class CommandReader implements TaskReader {
    private final String ip;

    /** Takes the address at which tasks of this agent can be reached. */
    public CommandReader(String ip) {
        this.ip = ip;
    }

    @Override
    public Reading read(Opaque framework, Opaque taskInfo, String user) {
        try {
            return readable(framework, taskInfo, user);
        } catch (IllegalArgumentException garbled) {
            return new Reading.Refused("This agent cannot read the order: " + garbled.getMessage());
        }
    }

    private static Reading readable(Opaque framework, Opaque taskInfo, String user) {
        return switch (CommandTasks.read(taskInfo)) {
            case Decoded.Refused<CommandTask>(var why) ->
                new Reading.Refused("This agent cannot run the task: " + String.join("; ", why));
            case Decoded.Ok<CommandTask>(var task)
            when !task.unmet().isEmpty() ->
                new Reading.Refused(
                        "This agent does not support yet what the task asks for: " + String.join(", ", task.unmet()));
            case Decoded.Ok<CommandTask>(var task) -> {
                var around = around(taskInfo, user);
                yield around == null
                        ? new Reading.Refused("container.volumes: a SANDBOX_PATH of type PARENT is for tasks of groups"
                                + " under an executor of type DEFAULT; nothing is around this task")
                        : new Reading.Runs(spec(
                                task,
                                user,
                                CommandTasks.knowsKilling(framework),
                                mounts(CommandTasks.resourcesOf(taskInfo)),
                                TaskSpec.DEFAULT_KILL_GRACE,
                                around));
            }
        };
    }

    /** Null when the task asks for something of an executor that it does not have. */
    private static TaskSpec.@Nullable Around around(Opaque taskInfo, String user) {
        var executor = ExecutorTasks.builtInOf(taskInfo);
        var links = links(CommandTasks.sandboxVolumes(taskInfo));
        if (executor == null) {
            return links.stream().anyMatch(TaskSpec.SandboxLink::ofParent)
                    ? null
                    : new TaskSpec.Around(List.of(), "", links);
        }
        return new TaskSpec.Around(mounts(ExecutorTasks.resourcesOf(executor)), user, links);
    }

    private static List<TaskSpec.SandboxLink> links(List<CommandTasks.SandboxVolume> from) {
        return from.stream()
                .map(volume -> new TaskSpec.SandboxLink(volume.ofParent(), volume.source(), volume.path()))
                .toList();
    }

    @Override
    public Reading readExecutor(Opaque executorInfo, String user, Duration grace) {
        try {
            var builtIn = ExecutorTasks.builtIn(executorInfo);
            return builtIn == null ? brought(executorInfo, user, grace) : builtIn(builtIn, grace);
        } catch (IllegalArgumentException garbled) {
            return new Reading.Refused("This agent cannot read the order: " + garbled.getMessage());
        }
    }

    private static Reading builtIn(ExecutorTasks.BuiltIn executor, Duration graceIfNone) {
        if (!executor.unmet().isEmpty()) {
            return unmet(executor.unmet());
        }
        var own = executor.grace();
        return new Reading.BuiltIn(own == null ? graceIfNone : own);
    }

    private static Reading unmet(List<String> fields) {
        return new Reading.Refused(
                "This agent does not support yet what the executor asks for: " + String.join(", ", fields));
    }

    private static Reading brought(Opaque executorInfo, String user, Duration grace) {
        return switch (ExecutorTasks.read(executorInfo)) {
            case Decoded.Refused<CommandTask>(var why) ->
                new Reading.Refused("This agent cannot run the executor: " + String.join("; ", why));
            case Decoded.Ok<CommandTask>(var executor) when !executor.unmet().isEmpty() -> unmet(executor.unmet());
            case Decoded.Ok<CommandTask>(var executor) -> {
                var volumes = mounts(ExecutorTasks.resourcesOf(executorInfo));
                var links = links(ExecutorTasks.sandboxVolumes(executorInfo));
                yield links.stream().anyMatch(TaskSpec.SandboxLink::ofParent)
                        ? new Reading.Refused(
                                "container.volumes: nothing is around an executor, so that it cannot have a"
                                        + " SANDBOX_PATH of type PARENT")
                        : new Reading.Runs(
                                spec(executor, user, false, volumes, grace, new TaskSpec.Around(List.of(), "", links)));
            }
        };
    }

    @Override
    public Opaque executorOf(Opaque taskInfo, FrameworkId framework) {
        try {
            return ExecutorTasks.executorOf(taskInfo, framework);
        } catch (IllegalArgumentException garbled) {
            return Opaque.empty("");
        }
    }

    @Override
    public @Nullable Long memory(Opaque info) {
        try {
            long milli = info.schema().equals(ExecutorTasks.SCHEMA)
                    ? ExecutorTasks.resourcesOf(info).milli("mem")
                    : CommandTasks.memoryMax(info);
            if (milli == Long.MAX_VALUE) {
                return UNBOUNDED;
            }
            return milli == 0 ? null : bytes(milli);
        } catch (IllegalArgumentException | ArithmeticException garbled) {
            return null;
        }
    }

    @Override
    public boolean sharesMemory(Opaque taskInfo) {
        try {
            return CommandTasks.sharesMemory(taskInfo);
        } catch (IllegalArgumentException garbled) {
            return true;
        }
    }

    @Override
    public DiskShare disk(Opaque info) {
        try {
            var resources = resourcesOf(info);
            var volumes = new ArrayList<DiskShare.Volume>();
            for (var volume : resources.persistentVolumes()) {
                volumes.add(new DiskShare.Volume(VolumePath.of(volume), bytes(volume.milli())));
            }
            var own = resources.filter(CommandReader::isOfSandbox).milli("disk");
            return new DiskShare(bytes(own), volumes);
        } catch (IllegalArgumentException | ArithmeticException garbled) {
            return DiskShare.NONE;
        }
    }

    @Override
    public Resources lent(Opaque info) {
        try {
            return info.isEmpty()
                    ? Resources.EMPTY
                    : resourcesOf(info).revocable().unallocated();
        } catch (IllegalArgumentException garbled) {
            return Resources.EMPTY;
        }
    }

    private static Resources resourcesOf(Opaque info) {
        return info.schema().equals(ExecutorTasks.SCHEMA)
                ? ExecutorTasks.resourcesOf(info)
                : CommandTasks.resourcesOf(info);
    }

    private static boolean isOfSandbox(Resource resource) {
        var disk = resource.disk();
        return disk == null || disk.persistence() == null;
    }

    private static long bytes(long milliMib) {
        return Math.multiplyExact(milliMib, 1 << 20) / 1_000;
    }

    @Override
    public @Nullable String refusedUnderExecutor(Opaque taskInfo) {
        try {
            return CommandTasks.hasReadOnlyVolume(taskInfo)
                    ? "This agent does not support yet what the task asks for: resources (persistent volumes that are"
                            + " read only)"
                    : null;
        } catch (IllegalArgumentException garbled) {
            return "This agent cannot read the order: " + garbled.getMessage();
        }
    }

    @Override
    public List<TaskSpec.Mount> volumesUnderExecutor(Opaque taskInfo) {
        try {
            return mounts(CommandTasks.resourcesOf(taskInfo));
        } catch (IllegalArgumentException garbled) {
            return List.of();
        }
    }

    @Override
    public Opaque inContainer(Opaque rest, Uuid container) {
        return ExecutorTasks.inContainer(rest, container, ip);
    }

    @Override
    public Opaque statusRest(Uuid container, @Nullable Uuid parent, @Nullable CheckStatus check) {
        return CommandTasks.statusRest(container, parent, check, ip);
    }

    private static List<TaskSpec.Mount> mounts(Resources resources) {
        var mounts = new ArrayList<TaskSpec.Mount>();
        for (var resource : resources.persistentVolumes()) {
            var disk = resource.disk();
            var shown = disk == null ? null : disk.volume();
            if (shown != null) {
                mounts.add(new TaskSpec.Mount(
                        VolumePath.of(resource),
                        shown.containerPath(),
                        resource.kind().shared()));
            }
        }
        return mounts;
    }

    private static TaskSpec spec(
            CommandTask task,
            String user,
            boolean killingState,
            List<TaskSpec.Mount> volumes,
            Duration graceIfNone,
            TaskSpec.Around around) {
        var own = task.user();
        var grace = task.killGrace();
        return new TaskSpec(
                task.name(),
                new TaskSpec.Command(
                        task.shell(),
                        task.value(),
                        task.arguments(),
                        task.environment().stream()
                                .map(variable -> new TaskSpec.Variable(variable.name(), variable.value()))
                                .toList()),
                own == null ? user : own,
                grace == null ? graceIfNone : grace,
                task.maxCompletionTime(),
                task.limits().stream()
                        .map(limit -> new TaskSpec.ProcessLimit(limit.resource(), limit.soft(), limit.hard()))
                        .toList(),
                killingState,
                volumes,
                task.uris(),
                task.check(),
                task.health(),
                around);
    }
}
