package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.TaskReader;
import org.mesolith.agent.core.TaskSpec;
import org.mesolith.api.CheckStatus;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;

/** Reads the bytes of simulated tasks and frameworks. */
final class SimTaskReader implements TaskReader {
    private static final Duration KILL_GRACE = Duration.ofSeconds(2);

    @Override
    public Reading read(Opaque framework, Opaque taskInfo, String user) {
        boolean killing = CommandTasks.knowsKilling(framework);
        try {
            var shape = TaskShape.parse(line(taskInfo));
            var command = new TaskSpec.Command(true, shape.text(), List.of(), List.of());
            return new Reading.Runs(new TaskSpec("", command, user, KILL_GRACE, null, List.of(), killing));
        } catch (IllegalArgumentException unreadable) {
            return new Reading.Refused("cannot read the task: " + unreadable.getMessage());
        }
    }

    private static String line(Opaque taskInfo) {
        return switch (CommandTasks.read(taskInfo)) {
            case Decoded.Ok<CommandTask>(var task) -> task.value();
            case Decoded.Refused<CommandTask> refused -> throw new IllegalArgumentException(refused.text());
        };
    }

    @Override
    public Opaque statusRest(Uuid container, @Nullable Uuid parent, @Nullable CheckStatus check) {
        return Opaque.empty(TaskStatus.SCHEMA);
    }

    @Override
    public Reading readExecutor(Opaque executorInfo, String user, Duration grace) {
        return ExecutorTasks.builtIn(executorInfo) == null
                ? new Reading.Refused("the simulation has no executors of frameworks")
                : new Reading.BuiltIn(grace);
    }

    @Override
    public Opaque executorOf(Opaque taskInfo, FrameworkId framework) {
        return ExecutorTasks.executorOf(taskInfo, framework);
    }

    @Override
    public @Nullable Long memory(Opaque info) {
        return null;
    }

    @Override
    public @Nullable String refusedUnderExecutor(Opaque taskInfo) {
        return null;
    }

    @Override
    public Opaque inContainer(Opaque rest, Uuid container) {
        return rest;
    }
}
