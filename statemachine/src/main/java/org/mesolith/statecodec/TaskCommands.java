package org.mesolith.statecodec;

import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.state.TaskCommand;
import org.mesolith.state.TaskCommand.AcknowledgeTasks;
import org.mesolith.state.TaskCommand.DropTasks;
import org.mesolith.state.TaskCommand.EndExecutors;
import org.mesolith.state.TaskCommand.UpdateTasks;

/** Commands about tasks, both ways. */
final class TaskCommands {
    private TaskCommands() {}

    static void write(Log.Logged.Builder logged, TaskCommand command) {
        switch (command) {
            case UpdateTasks(var updates) -> {
                var written = Log.UpdateTasks.newBuilder();
                updates.forEach(update -> written.addUpdates(write(update)));
                logged.setUpdateTasks(written);
            }
            case AcknowledgeTasks(var acknowledgements) -> {
                var written = Log.AcknowledgeTasks.newBuilder();
                for (var acknowledgement : acknowledgements) {
                    written.addAcknowledgements(Log.AcknowledgeTasks.Acknowledgement.newBuilder()
                            .setFramework(acknowledgement.key().framework().value())
                            .setTask(acknowledgement.key().task().value())
                            .setUuid(Values.uuid(acknowledgement.uuid())));
                }
                logged.setAcknowledgeTasks(written);
            }
            case DropTasks(var drops) -> {
                var written = Log.DropTasks.newBuilder();
                drops.forEach(drop -> written.addDrops(write(drop)));
                logged.setDropTasks(written);
            }
            case EndExecutors(var ends) -> {
                var written = Log.EndExecutors.newBuilder();
                for (var end : ends) {
                    written.addEndsBuilder()
                            .setFramework(end.framework().value())
                            .setExecutor(end.executor().value())
                            .setAgent(end.agent().value())
                            .setLaunchedAt(Values.position(end.launchedAt()));
                }
                logged.setEndExecutors(written);
            }
        }
    }

    static TaskCommand read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case UPDATE_TASKS ->
                new UpdateTasks(logged.getUpdateTasks().getUpdatesList().stream()
                        .map(TaskCommands::read)
                        .toList());
            case ACKNOWLEDGE_TASKS ->
                new AcknowledgeTasks(logged.getAcknowledgeTasks().getAcknowledgementsList().stream()
                        .map(read -> new AcknowledgeTasks.Acknowledgement(
                                key(read.getFramework(), read.getTask()), Values.uuid(read.getUuid())))
                        .toList());
            case DROP_TASKS ->
                new DropTasks(logged.getDropTasks().getDropsList().stream()
                        .map(TaskCommands::read)
                        .toList());
            case END_EXECUTORS ->
                new EndExecutors(logged.getEndExecutors().getEndsList().stream()
                        .map(end -> new EndExecutors.End(
                                new FrameworkId(end.getFramework()),
                                new ExecutorId(end.getExecutor()),
                                new AgentId(end.getAgent()),
                                Values.position(end.getLaunchedAt())))
                        .toList());
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }

    private static Log.UpdateTasks.Update write(UpdateTasks.Update update) {
        return Log.UpdateTasks.Update.newBuilder()
                .setAgent(update.agent().value())
                .setFramework(update.framework().value())
                .setLaunchedAt(Values.position(update.launchedAt()))
                .setStatus(InfoMapping.write(update.status()))
                .setLatest(update.latest().number())
                .build();
    }

    private static UpdateTasks.Update read(Log.UpdateTasks.Update update) {
        return new UpdateTasks.Update(
                new AgentId(update.getAgent()),
                new FrameworkId(update.getFramework()),
                Values.position(update.getLaunchedAt()),
                InfoMapping.read(update.getStatus()),
                Values.state(update.getLatest()));
    }

    private static Log.DropTasks.Drop write(DropTasks.Drop drop) {
        var written = Log.DropTasks.Drop.newBuilder()
                .setFramework(drop.key().framework().value())
                .setTask(drop.key().task().value())
                .setState(drop.state().number())
                .setReason(drop.reason().number())
                .setMessage(drop.message());
        var launchedAt = drop.launchedAt();
        if (launchedAt != null) {
            written.setLaunchedAt(Values.position(launchedAt));
        }
        return written.build();
    }

    private static DropTasks.Drop read(Log.DropTasks.Drop drop) {
        return new DropTasks.Drop(
                key(drop.getFramework(), drop.getTask()),
                drop.hasLaunchedAt() ? Values.position(drop.getLaunchedAt()) : null,
                Values.state(drop.getState()),
                Values.reason(drop.getReason()),
                drop.getMessage());
    }

    private static TaskKey key(String framework, String task) {
        return new TaskKey(new FrameworkId(framework), new TaskId(task));
    }
}
