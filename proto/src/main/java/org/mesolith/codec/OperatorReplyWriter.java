package org.mesolith.codec;

import com.google.protobuf.ByteString;
import org.mesolith.api.OperatorReply;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.Plans;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.v1.ExecutorInfo;
import org.mesolith.proto.gen.v1.WeightInfo;
import org.mesolith.proto.gen.v1.master.Response;

/** Replies to operators as protobuf. */
final class OperatorReplyWriter {
    private OperatorReplyWriter() {}

    static Response write(OperatorReply reply) {
        var to = Response.newBuilder();
        switch (reply) {
            case OperatorReply.Health(var healthy) ->
                to.setType(Response.Type.GET_HEALTH).getGetHealthBuilder().setHealthy(healthy);
            case OperatorReply.Flags(var flags) -> {
                var body = to.setType(Response.Type.GET_FLAGS).getGetFlagsBuilder();
                flags.forEach(
                        flag -> body.addFlagsBuilder().setName(flag.name()).setValue(flag.value()));
            }
            case OperatorReply.Version(var version) ->
                to.setType(Response.Type.GET_VERSION)
                        .getGetVersionBuilder()
                        .getVersionInfoBuilder()
                        .setVersion(version);
            case OperatorReply.LoggingLevel(long level) ->
                to.setType(Response.Type.GET_LOGGING_LEVEL)
                        .getGetLoggingLevelBuilder()
                        .setLevel((int) level);
            case OperatorReply.Files(var files) -> {
                var body = to.setType(Response.Type.LIST_FILES).getListFilesBuilder();
                files.forEach(file -> body.addFileInfos(ViewWriter.file(file)));
            }
            case OperatorReply.FilePart(var part) ->
                to.setType(Response.Type.READ_FILE)
                        .getReadFileBuilder()
                        .setSize(part.size())
                        .setData(ByteString.copyFrom(part.data()));
            case OperatorReply.Metrics(var metrics) -> {
                var body = to.setType(Response.Type.GET_METRICS).getGetMetricsBuilder();
                metrics.forEach(metric ->
                        body.addMetricsBuilder().setName(metric.name()).setValue(metric.value()));
            }
            case OperatorReply.Master master ->
                to.setType(Response.Type.GET_MASTER)
                        .getGetMasterBuilder()
                        .setMasterInfo(Infos.master(master.info()))
                        .setStartTime(Times.seconds(master.started()))
                        .setElectedTime(Times.seconds(master.elected()));
            case OperatorReply.Agents agents ->
                to.setType(Response.Type.GET_AGENTS).setGetAgents(agents(agents));
            case OperatorReply.Frameworks frameworks ->
                to.setType(Response.Type.GET_FRAMEWORKS).setGetFrameworks(frameworks(frameworks));
            case OperatorReply.Tasks tasks ->
                to.setType(Response.Type.GET_TASKS).setGetTasks(tasks(tasks));
            case OperatorReply.Executors executors ->
                to.setType(Response.Type.GET_EXECUTORS).setGetExecutors(executors(executors));
            case OperatorReply.State state ->
                to.setType(Response.Type.GET_STATE).setGetState(state(state));
            case OperatorReply.Roles roles ->
                to.setType(Response.Type.GET_ROLES).setGetRoles(roles(roles));
            case OperatorReply.Weights(var weights) -> {
                var body = to.setType(Response.Type.GET_WEIGHTS).getGetWeightsBuilder();
                weights.forEach(weight -> body.addWeightInfos(weight(weight)));
            }
            case OperatorReply.Quotas(var quotas) -> {
                var body = to.setType(Response.Type.GET_QUOTA).getGetQuotaBuilder();
                body.setStatus(PlanWriter.quotas(quotas));
            }
            case OperatorReply.Schedule(var windows) ->
                to.setType(Response.Type.GET_MAINTENANCE_SCHEDULE)
                        .getGetMaintenanceScheduleBuilder()
                        .setSchedule(Plans.schedule(windows));
            case OperatorReply.Maintenance maintenance ->
                to.setType(Response.Type.GET_MAINTENANCE_STATUS)
                        .getGetMaintenanceStatusBuilder()
                        .setStatus(PlanWriter.maintenance(maintenance));
            case OperatorReply.Operations(var operations) -> {
                var body = to.setType(Response.Type.GET_OPERATIONS).getGetOperationsBuilder();
                operations.forEach(operation -> body.addOperations(PlanWriter.operation(operation)));
            }
        }
        return to.build();
    }

    static Response.GetState state(OperatorReply.State from) {
        return Response.GetState.newBuilder()
                .setGetTasks(tasks(from.tasks()))
                .setGetExecutors(executors(from.executors()))
                .setGetFrameworks(frameworks(from.frameworks()))
                .setGetAgents(agents(from.agents()))
                .build();
    }

    private static WeightInfo weight(Weight from) {
        return WeightInfo.newBuilder()
                .setRole(from.role())
                .setWeight(from.value())
                .build();
    }

    private static Response.GetAgents agents(OperatorReply.Agents from) {
        var to = Response.GetAgents.newBuilder();
        from.agents().forEach(agent -> to.addAgents(ViewWriter.agent(agent)));
        from.recovered().forEach(agent -> to.addRecoveredAgents(ViewWriter.info(agent.id(), agent.info())));
        return to.build();
    }

    private static Response.GetFrameworks frameworks(OperatorReply.Frameworks from) {
        var to = Response.GetFrameworks.newBuilder();
        from.frameworks().forEach(framework -> to.addFrameworks(ViewWriter.framework(framework)));
        from.completed().forEach(framework -> to.addCompletedFrameworks(ViewWriter.framework(framework)));
        return to.build();
    }

    private static Response.GetExecutors executors(OperatorReply.Executors from) {
        var to = Response.GetExecutors.newBuilder();
        for (var executor : from.executors()) {
            var one = to.addExecutorsBuilder()
                    .setExecutorInfo(Opaques.read(ExecutorInfo.getDefaultInstance(), executor.info()));
            one.getAgentIdBuilder().setValue(executor.agent().value());
        }
        return to.build();
    }

    private static Response.GetTasks tasks(OperatorReply.Tasks from) {
        var to = Response.GetTasks.newBuilder();
        from.active().forEach(task -> to.addTasks(ViewWriter.task(task)));
        from.unreachable().forEach(task -> to.addUnreachableTasks(ViewWriter.task(task)));
        from.completed().forEach(task -> to.addCompletedTasks(ViewWriter.task(task)));
        return to.build();
    }

    private static Response.GetRoles roles(OperatorReply.Roles from) {
        var to = Response.GetRoles.newBuilder();
        for (var role : from.roles()) {
            var one = to.addRolesBuilder()
                    .setName(role.name())
                    .setWeight(role.weight().value())
                    .addAllResources(ResourceCodec.encode(role.resources(), ResourceForm.SHOWN));
            role.frameworks().forEach(id -> one.addFrameworksBuilder().setValue(id.value()));
        }
        return to.build();
    }
}
