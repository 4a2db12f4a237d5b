package org.mesolith.codec;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.v1.Plans;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.Times;
import org.mesolith.codec.v1.ValueCodec;
import org.mesolith.model.AgentId;
import org.mesolith.model.MachineId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;
import org.mesolith.model.Weight;
import org.mesolith.proto.gen.v1.AgentID;
import org.mesolith.proto.gen.v1.MachineID;
import org.mesolith.proto.gen.v1.Resource;
import org.mesolith.proto.gen.v1.WeightInfo;
import org.mesolith.proto.gen.v1.master.Call;

/** Operator calls as protobuf. */
@SuppressWarnings("deprecation") // The old forms of quota are still spoken.
final class OperatorCallWriter {
    private OperatorCallWriter() {}

    static Message write(OperatorCall call) {
        if (call instanceof OperatorCall.KillTask kill) {
            return write(kill);
        }
        var to = Call.newBuilder();
        switch (call) {
            case OperatorCall.Read read -> to.setType(Call.Type.valueOf(read.name()));
            case OperatorCall.SetLoggingLevel(long level, var duration) ->
                to.setType(Call.Type.SET_LOGGING_LEVEL)
                        .getSetLoggingLevelBuilder()
                        .setLevel((int) level)
                        .setDuration(Times.info(duration));
            case OperatorCall.ListFiles(var path) ->
                to.setType(Call.Type.LIST_FILES).getListFilesBuilder().setPath(path);
            case OperatorCall.ReadFile(var path, long offset, var length) -> {
                var body = to.setType(Call.Type.READ_FILE)
                        .getReadFileBuilder()
                        .setPath(path)
                        .setOffset(offset);
                if (length != null) {
                    body.setLength(length);
                }
            }
            case OperatorCall.Subscribe() -> to.setType(Call.Type.SUBSCRIBE);
            case OperatorCall.GetMetrics(var timeout) -> metrics(timeout, to);
            case OperatorCall.UpdateWeights(var weights) -> weights(weights, to);
            case OperatorCall.Operate operate -> operate(operate, to);
            case OperatorCall.UpdateQuota(var quotas, boolean force) -> quotas(quotas, force, to);
            case OperatorCall.SetQuota(var role, var guarantee, boolean force) ->
                to.setType(Call.Type.SET_QUOTA)
                        .getSetQuotaBuilder()
                        .getQuotaRequestBuilder()
                        .setRole(role)
                        .setForce(force)
                        .addAllGuarantee(resources(guarantee));
            case OperatorCall.RemoveQuota(var role) ->
                to.setType(Call.Type.REMOVE_QUOTA).getRemoveQuotaBuilder().setRole(role);
            case OperatorCall.UpdateMaintenanceSchedule(var windows, var _) ->
                to.setType(Call.Type.UPDATE_MAINTENANCE_SCHEDULE)
                        .getUpdateMaintenanceScheduleBuilder()
                        .setSchedule(Plans.schedule(windows));
            case OperatorCall.StartMaintenance(var machines) ->
                to.setType(Call.Type.START_MAINTENANCE)
                        .getStartMaintenanceBuilder()
                        .addAllMachines(machines(machines));
            case OperatorCall.StopMaintenance(var machines) ->
                to.setType(Call.Type.STOP_MAINTENANCE)
                        .getStopMaintenanceBuilder()
                        .addAllMachines(machines(machines));
            case OperatorCall.DrainAgent drain -> drain(drain, to);
            case OperatorCall.DeactivateAgent(var agent) ->
                to.setType(Call.Type.DEACTIVATE_AGENT)
                        .getDeactivateAgentBuilder()
                        .setAgentId(id(agent));
            case OperatorCall.ReactivateAgent(var agent) ->
                to.setType(Call.Type.REACTIVATE_AGENT)
                        .getReactivateAgentBuilder()
                        .setAgentId(id(agent));
            case OperatorCall.MarkAgentGone(var agent) ->
                to.setType(Call.Type.MARK_AGENT_GONE).getMarkAgentGoneBuilder().setAgentId(id(agent));
            case OperatorCall.TearDown(var framework) ->
                to.setType(Call.Type.TEARDOWN)
                        .getTeardownBuilder()
                        .getFrameworkIdBuilder()
                        .setValue(framework.value());
            case OperatorCall.PlanDrain _, OperatorCall.SteerDrain _ ->
                throw new IllegalArgumentException("plans to empty agents are no calls of the v1 API");
            case OperatorCall.ReserveAgents _, OperatorCall.NoteReservations _, OperatorCall.ReleaseReservations _ ->
                throw new IllegalArgumentException("reservations of many agents are no calls of the v1 API");
            case OperatorCall.Declare _ ->
                throw new IllegalArgumentException("declarations are no calls of the v1 API");
            case OperatorCall.KillTask _ -> throw new IllegalStateException("written above");
            case OperatorCall.NotSupported(var type) -> to.setType(Call.Type.valueOf(type));
            case OperatorCall.Unknown() -> to.setType(Call.Type.UNKNOWN);
        }
        return to.build();
    }

    private static AgentID id(AgentId agent) {
        return AgentID.newBuilder().setValue(agent.value()).build();
    }

    private static void metrics(@Nullable Duration timeout, Call.Builder to) {
        var body = to.setType(Call.Type.GET_METRICS).getGetMetricsBuilder();
        if (timeout != null) {
            body.setTimeout(Times.info(timeout));
        }
    }

    private static void weights(List<Weight> weights, Call.Builder to) {
        var body = to.setType(Call.Type.UPDATE_WEIGHTS).getUpdateWeightsBuilder();
        for (var weight : weights) {
            body.addWeightInfos(WeightInfo.newBuilder().setRole(weight.role()).setWeight(weight.value()));
        }
    }

    private static void quotas(List<Quota> quotas, boolean force, Call.Builder to) {
        var body = to.setType(Call.Type.UPDATE_QUOTA).getUpdateQuotaBuilder().setForce(force);
        quotas.forEach(quota -> body.addQuotaConfigs(Plans.quota(quota)));
    }

    private static void drain(OperatorCall.DrainAgent from, Call.Builder to) {
        var body = to.setType(Call.Type.DRAIN_AGENT).getDrainAgentBuilder();
        body.setAgentId(id(from.agent())).setMarkGone(from.markGone());
        var maxGrace = from.maxGrace();
        if (maxGrace != null) {
            body.setMaxGracePeriod(Times.wire(maxGrace));
        }
    }

    private static Message write(OperatorCall.KillTask kill) {
        var to = org.mesolith.proto.gen.operator.Call.newBuilder()
                .setType(org.mesolith.proto.gen.operator.Call.Type.KILL_TASK);
        var body = to.getKillTaskBuilder();
        body.getFrameworkIdBuilder().setValue(kill.framework().value());
        body.getTaskIdBuilder().setValue(kill.task().value());
        if (kill.grace() != null) {
            body.getKillPolicyBuilder().setGracePeriod(Times.info(kill.grace()));
        }
        return to.build();
    }

    private static void operate(OperatorCall.Operate from, Call.Builder to) {
        var agent = id(from.agent());
        switch (from.operation()) {
            case OfferOperation.Reserve(var _, var source, var resources) ->
                to.setType(Call.Type.RESERVE_RESOURCES)
                        .getReserveResourcesBuilder()
                        .addAllSource(resources(source))
                        .addAllResources(resources(resources))
                        .setAgentId(agent);
            case OfferOperation.Unreserve(var _, var resources) ->
                to.setType(Call.Type.UNRESERVE_RESOURCES)
                        .getUnreserveResourcesBuilder()
                        .addAllResources(resources(resources))
                        .setAgentId(agent);
            case OfferOperation.Create(var _, var volumes) ->
                to.setType(Call.Type.CREATE_VOLUMES)
                        .getCreateVolumesBuilder()
                        .addAllVolumes(resources(volumes))
                        .setAgentId(agent);
            case OfferOperation.Destroy(var _, var volumes) ->
                to.setType(Call.Type.DESTROY_VOLUMES)
                        .getDestroyVolumesBuilder()
                        .addAllVolumes(resources(volumes))
                        .setAgentId(agent);
            case OfferOperation.GrowVolume(var _, var volume, var addition) ->
                to.setType(Call.Type.GROW_VOLUME)
                        .getGrowVolumeBuilder()
                        .setVolume(resources(volume).getFirst())
                        .setAddition(resources(addition).getFirst())
                        .setAgentId(agent);
            case OfferOperation.ShrinkVolume(var _, var volume, long milli) ->
                to.setType(Call.Type.SHRINK_VOLUME)
                        .getShrinkVolumeBuilder()
                        .setVolume(resources(volume).getFirst())
                        .setSubtract(ValueCodec.encode(new Value.Scalar(milli)))
                        .setAgentId(agent);
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ ->
                throw new IllegalArgumentException("no operation of operators: " + from.operation());
        }
    }

    private static List<Resource> resources(Resources from) {
        return ResourceCodec.encode(from, ResourceForm.OURS);
    }

    private static List<MachineID> machines(List<MachineId> from) {
        return from.stream().map(Plans::machine).toList();
    }
}
