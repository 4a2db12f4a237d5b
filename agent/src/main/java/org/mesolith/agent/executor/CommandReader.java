package org.mesolith.agent.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskReader;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.api.CheckStatus;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.Opaque;
import org.mesolith.model.Uuid;

/**
 * Reads command tasks. A task that asks for something this agent cannot do yet is refused: it must not run without what
 * it asked for.
 */
public final class CommandReader implements TaskReader {
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
            case Decoded.Ok<CommandTask>(var task) ->
                new Reading.Runs(spec(task, user, CommandTasks.knowsKilling(framework), mounts(taskInfo)));
        };
    }

    @Override
    public Opaque statusRest(Uuid container, @Nullable CheckStatus check) {
        return CommandTasks.statusRest(container, check);
    }

    private static List<TaskSpec.Mount> mounts(Opaque taskInfo) {
        var mounts = new ArrayList<TaskSpec.Mount>();
        for (var resource : CommandTasks.resourcesOf(taskInfo).persistentVolumes()) {
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

    private static TaskSpec spec(CommandTask task, String user, boolean killingState, List<TaskSpec.Mount> volumes) {
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
                grace == null ? TaskSpec.DEFAULT_KILL_GRACE : grace,
                task.maxCompletionTime(),
                task.limits().stream()
                        .map(limit -> new TaskSpec.ProcessLimit(limit.resource(), limit.soft(), limit.hard()))
                        .toList(),
                killingState,
                volumes,
                task.uris(),
                task.check(),
                task.health());
    }
}
