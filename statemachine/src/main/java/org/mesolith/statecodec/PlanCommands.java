package org.mesolith.statecodec;

import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.proto.gen.log.Log;
import org.mesolith.state.Command;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MaintenanceCommand.AdvanceDrain;
import org.mesolith.state.MaintenanceCommand.DrainAgent;
import org.mesolith.state.MaintenanceCommand.PlanDrain;
import org.mesolith.state.MaintenanceCommand.StartMaintenance;
import org.mesolith.state.MaintenanceCommand.SteerDrain;
import org.mesolith.state.MaintenanceCommand.StopMaintenance;
import org.mesolith.state.MaintenanceCommand.UpdateSchedule;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.QuotaCommand.SetWeights;
import org.mesolith.state.QuotaCommand.UpdateQuotas;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.ReservationCommand.AcknowledgeOperations;
import org.mesolith.state.ReservationCommand.OperateAgent;

/** Commands about reservations, quota, weights and maintenance, both ways. */
final class PlanCommands {
    private PlanCommands() {}

    static void write(Log.Logged.Builder logged, ReservationCommand command) {
        switch (command) {
            case OperateAgent(var agent, var operation) ->
                logged.setOperateAgent(Log.OperateAgent.newBuilder()
                        .setAgent(agent.value())
                        .setOperation(OperationMapping.write(operation)));
            case ReservationCommand.ReserveAgents reserve -> ReservationCommands.write(logged, reserve);
            case ReservationCommand.NoteReservations note -> ReservationCommands.write(logged, note);
            case ReservationCommand.ExpireReservations expire -> ReservationCommands.write(logged, expire);
            case ReservationCommand.ReleaseReservations release -> ReservationCommands.write(logged, release);
            case AcknowledgeOperations(var acknowledgements) -> {
                var written = Log.AcknowledgeOperations.newBuilder();
                for (var one : acknowledgements) {
                    written.addAcknowledgementsBuilder()
                            .setFramework(one.framework().value())
                            .setOperation(one.operation().value())
                            .setUuid(Values.uuid(one.status()));
                }
                logged.setAcknowledgeOperations(written);
            }
        }
    }

    static void write(Log.Logged.Builder logged, QuotaCommand command) {
        switch (command) {
            case SetWeights(var weights) -> {
                var written = Log.SetWeights.newBuilder();
                weights.forEach(weight -> written.addWeights(Values.weight(weight)));
                logged.setSetWeights(written);
            }
            case UpdateQuotas(var quotas, boolean force) -> {
                var written = Log.UpdateQuotas.newBuilder().setForce(force);
                quotas.forEach(quota -> written.addQuotas(PlanMapping.write(quota)));
                logged.setUpdateQuotas(written);
            }
        }
    }

    static void write(Log.Logged.Builder logged, MaintenanceCommand command) {
        switch (command) {
            case UpdateSchedule(var windows, var expected) -> {
                // Left out when it is empty: masters of the version before do not know the field.
                var written = Log.UpdateSchedule.newBuilder().setExpected(expected);
                windows.forEach(window -> written.addWindows(PlanMapping.write(window)));
                logged.setUpdateSchedule(written);
            }
            case StartMaintenance(var machines) ->
                logged.setStartMaintenance(Log.Machines.newBuilder()
                        .addAllMachines(
                                machines.stream().map(PlanMapping::write).toList()));
            case StopMaintenance(var machines) ->
                logged.setStopMaintenance(Log.Machines.newBuilder()
                        .addAllMachines(
                                machines.stream().map(PlanMapping::write).toList()));
            case DrainAgent(var agent, var maxGrace, boolean markGone) -> {
                var written =
                        Log.DrainAgent.newBuilder().setAgent(agent.value()).setMarkGone(markGone);
                if (maxGrace != null) {
                    written.setMaxGrace(Values.span(maxGrace));
                }
                logged.setDrainAgent(written);
            }
            case PlanDrain(var agents, int maxUnavailable, var maxGrace, var deadline) -> {
                var written = Log.PlanDrain.newBuilder().setMaxUnavailable(maxUnavailable);
                agents.forEach(agent -> written.addAgents(agent.value()));
                if (maxGrace != null) {
                    written.setMaxGrace(Values.span(maxGrace));
                }
                if (deadline != null) {
                    written.setDeadline(Values.time(deadline));
                }
                logged.setPlanDrain(written);
            }
            case SteerDrain(long plan, var wish) ->
                logged.setSteerDrain(Log.SteerDrain.newBuilder().setPlan(plan).setWish(wish.number()));
            case AdvanceDrain(long plan) ->
                logged.setAdvanceDrain(Log.AdvanceDrain.newBuilder().setPlan(plan));
        }
    }

    static Command read(Log.Logged logged) {
        return switch (logged.getCommandCase()) {
            case OPERATE_AGENT ->
                new OperateAgent(
                        new AgentId(logged.getOperateAgent().getAgent()),
                        OperationMapping.read(logged.getOperateAgent().getOperation()));
            case ACKNOWLEDGE_OPERATIONS ->
                new AcknowledgeOperations(logged.getAcknowledgeOperations().getAcknowledgementsList().stream()
                        .map(one -> new AcknowledgeOperations.Acknowledgement(
                                new FrameworkId(one.getFramework()),
                                new OperationId(one.getOperation()),
                                Values.uuid(one.getUuid())))
                        .toList());
            case SET_WEIGHTS ->
                new SetWeights(logged.getSetWeights().getWeightsList().stream()
                        .map(Values::weight)
                        .toList());
            case UPDATE_QUOTAS ->
                new UpdateQuotas(
                        logged.getUpdateQuotas().getQuotasList().stream()
                                .map(PlanMapping::read)
                                .toList(),
                        logged.getUpdateQuotas().getForce());
            case UPDATE_SCHEDULE ->
                new UpdateSchedule(
                        logged.getUpdateSchedule().getWindowsList().stream()
                                .map(PlanMapping::read)
                                .toList(),
                        logged.getUpdateSchedule().getExpected());
            case START_MAINTENANCE ->
                new StartMaintenance(logged.getStartMaintenance().getMachinesList().stream()
                        .map(PlanMapping::read)
                        .toList());
            case STOP_MAINTENANCE ->
                new StopMaintenance(logged.getStopMaintenance().getMachinesList().stream()
                        .map(PlanMapping::read)
                        .toList());
            case DRAIN_AGENT -> {
                var drain = logged.getDrainAgent();
                yield new DrainAgent(
                        new AgentId(drain.getAgent()),
                        drain.hasMaxGrace() ? Values.span(drain.getMaxGrace()) : null,
                        drain.getMarkGone());
            }
            case PLAN_DRAIN -> {
                var drain = logged.getPlanDrain();
                yield new PlanDrain(
                        drain.getAgentsList().stream().map(AgentId::new).toList(),
                        drain.getMaxUnavailable(),
                        drain.hasMaxGrace() ? Values.span(drain.getMaxGrace()) : null,
                        drain.hasDeadline() ? Values.time(drain.getDeadline()) : null);
            }
            case STEER_DRAIN -> {
                int wish = logged.getSteerDrain().getWish();
                yield new SteerDrain(logged.getSteerDrain().getPlan(), Values.known(DrainWish.of(wish), "wish", wish));
            }
            case ADVANCE_DRAIN -> new AdvanceDrain(logged.getAdvanceDrain().getPlan());
            default -> throw new UnknownFormatException("command of kind " + logged.getCommandCase());
        };
    }
}
