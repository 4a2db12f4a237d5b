package org.mesolith.statecodec;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.ExecutorLaunch;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskLaunch;
import org.mesolith.model.TaskProblem;
import org.mesolith.model.TaskProblem.Step;
import org.mesolith.proto.gen.log.Log;

/** Operations of an ACCEPT, both ways. */
final class OperationMapping {
    private OperationMapping() {}

    static Log.Operation write(OfferOperation operation) {
        var written = Log.Operation.newBuilder();
        var id = operation.id();
        if (id != null) {
            written.setId(id.value());
        }
        switch (operation) {
            case OfferOperation.Launch(var _, var tasks) ->
                written.setLaunch(Log.Operation.Launch.newBuilder().addAllTasks(write(tasks)));
            case OfferOperation.LaunchGroup(var _, var executor, var tasks) ->
                written.setLaunchGroup(Log.Operation.LaunchGroup.newBuilder()
                        .setExecutor(write(executor))
                        .addAllTasks(write(tasks)));
            case OfferOperation.Reserve(var _, var source, var resources) ->
                written.setReserve(Log.Operation.Reserve.newBuilder()
                        .setSource(ResourceMapping.write(source))
                        .setResources(ResourceMapping.write(resources)));
            case OfferOperation.Unreserve(var _, var resources) ->
                written.setUnreserve(ResourceMapping.write(resources));
            case OfferOperation.Create(var _, var volumes) -> written.setCreate(ResourceMapping.write(volumes));
            case OfferOperation.Destroy(var _, var volumes) -> written.setDestroy(ResourceMapping.write(volumes));
            case OfferOperation.GrowVolume(var _, var volume, var addition) ->
                written.setGrowVolume(Log.Operation.GrowVolume.newBuilder()
                        .setVolume(ResourceMapping.write(volume))
                        .setAddition(ResourceMapping.write(addition)));
            case OfferOperation.ShrinkVolume(var _, var volume, long subtractMilli) ->
                written.setShrinkVolume(Log.Operation.ShrinkVolume.newBuilder()
                        .setVolume(ResourceMapping.write(volume))
                        .setSubtractMilli(subtractMilli));
            case OfferOperation.NotSupported(var _, var type) -> written.setNotSupported(type);
            case OfferOperation.Refused(var _, var type, var why) ->
                written.setRefused(
                        Log.Operation.Refused.newBuilder().setType(type).setWhy(why));
        }
        return written.build();
    }

    static OfferOperation read(Log.Operation read) {
        var id = read.hasId() ? new OperationId(read.getId()) : null;
        return switch (read.getOperationCase()) {
            case LAUNCH -> new OfferOperation.Launch(id, read(read.getLaunch().getTasksList()));
            case LAUNCH_GROUP ->
                new OfferOperation.LaunchGroup(
                        id,
                        read(read.getLaunchGroup().getExecutor()),
                        read(read.getLaunchGroup().getTasksList()));
            case RESERVE ->
                new OfferOperation.Reserve(
                        id,
                        ResourceMapping.read(read.getReserve().getSource()),
                        ResourceMapping.read(read.getReserve().getResources()));
            case UNRESERVE -> new OfferOperation.Unreserve(id, ResourceMapping.read(read.getUnreserve()));
            case CREATE -> new OfferOperation.Create(id, ResourceMapping.read(read.getCreate()));
            case DESTROY -> new OfferOperation.Destroy(id, ResourceMapping.read(read.getDestroy()));
            case GROW_VOLUME ->
                new OfferOperation.GrowVolume(
                        id,
                        ResourceMapping.read(read.getGrowVolume().getVolume()),
                        ResourceMapping.read(read.getGrowVolume().getAddition()));
            case SHRINK_VOLUME ->
                new OfferOperation.ShrinkVolume(
                        id,
                        ResourceMapping.read(read.getShrinkVolume().getVolume()),
                        read.getShrinkVolume().getSubtractMilli());
            case NOT_SUPPORTED -> new OfferOperation.NotSupported(id, read.getNotSupported());
            case REFUSED ->
                new OfferOperation.Refused(
                        id, read.getRefused().getType(), read.getRefused().getWhy());
            case OPERATION_NOT_SET -> throw new UnknownFormatException("operation without a known type");
        };
    }

    private static List<Log.TaskLaunch> write(List<TaskLaunch> tasks) {
        return tasks.stream().map(OperationMapping::write).toList();
    }

    private static List<TaskLaunch> read(List<Log.TaskLaunch> tasks) {
        return tasks.stream().map(OperationMapping::read).toList();
    }

    private static Log.TaskLaunch write(TaskLaunch task) {
        var written = Log.TaskLaunch.newBuilder()
                .setTask(task.task().value())
                .setName(task.name())
                .setAgent(task.agent().value())
                .setResources(ResourceMapping.write(task.resources()))
                .setTaskInfo(Values.opaque(task.taskInfo()));
        var executor = task.executor();
        if (executor != null) {
            written.setExecutor(write(executor));
        }
        for (var problem : task.problems()) {
            written.addProblems(Log.TaskLaunch.Problem.newBuilder()
                    .setStep(number(problem.step()))
                    .setText(problem.text()));
        }
        return written.build();
    }

    private static TaskLaunch read(Log.TaskLaunch task) {
        return new TaskLaunch(
                new TaskId(task.getTask()),
                task.getName(),
                new AgentId(task.getAgent()),
                ResourceMapping.read(task.getResources()),
                task.hasExecutor() ? read(task.getExecutor()) : null,
                task.getProblemsList().stream()
                        .map(problem -> new TaskProblem(step(problem.getStep()), problem.getText()))
                        .toList(),
                Values.opaque(task.getTaskInfo()));
    }

    private static Log.Executor write(ExecutorLaunch executor) {
        int kind = switch (executor.kind()) {
            case UNKNOWN -> 0;
            case DEFAULT -> 1;
            case CUSTOM -> 2;
        };
        return Log.Executor.newBuilder()
                .setId(executor.id().value())
                .setKind(kind)
                .setResources(ResourceMapping.write(executor.resources()))
                .setRaw(Values.opaque(executor.raw()))
                .build();
    }

    private static ExecutorLaunch read(Log.Executor executor) {
        var kind = switch (executor.getKind()) {
            case 0 -> ExecutorLaunch.Kind.UNKNOWN;
            case 1 -> ExecutorLaunch.Kind.DEFAULT;
            case 2 -> ExecutorLaunch.Kind.CUSTOM;
            default -> throw new UnknownFormatException("executor kind " + executor.getKind());
        };
        return new ExecutorLaunch(
                new ExecutorId(executor.getId()),
                kind,
                ResourceMapping.read(executor.getResources()),
                Values.opaque(executor.getRaw()));
    }

    private static int number(Step step) {
        return switch (step) {
            case TASK_ID -> 1;
            case UNIQUE_ID -> 2;
            case AGENT_ID -> 3;
            case KILL_POLICY -> 4;
            case MAX_COMPLETION_TIME -> 5;
            case CHECK -> 6;
            case HEALTH_CHECK -> 7;
            case RESOURCES -> 8;
            case COMMAND -> 9;
            case CONTAINER -> 10;
            case LIMITS -> 11;
            case EXECUTOR -> 12;
            case OVERLAP -> 13;
            case OFFERED -> 14;
            case CGROUPS -> 15;
        };
    }

    private static Step step(int number) {
        for (var step : Step.values()) {
            if (number(step) == number) {
                return step;
            }
        }
        throw new UnknownFormatException("step " + number + " of the validation of a task");
    }
}
