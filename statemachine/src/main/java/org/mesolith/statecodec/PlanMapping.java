package org.mesolith.statecodec;

import java.util.TreeMap;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Unavailability;
import org.mesolith.proto.gen.rows.Rows;
import org.mesolith.state.row.DrainPlan;
import org.mesolith.state.row.MaintenanceRow;
import org.mesolith.state.row.OperationRow;

/** Quotas, maintenance and operations, both ways. */
final class PlanMapping {
    private PlanMapping() {}

    static Rows.Quota write(Quota quota) {
        var written = Rows.Quota.newBuilder().setRole(quota.role());
        quota.guarantees()
                .forEach((name, milli) ->
                        written.addGuaranteesBuilder().setName(name).setMilli(milli));
        quota.limits()
                .milliByName()
                .forEach((name, milli) ->
                        written.addLimitsBuilder().setName(name).setMilli(milli));
        return written.build();
    }

    static Quota read(Rows.Quota read) {
        var guarantees = new TreeMap<String, Long>();
        read.getGuaranteesList().forEach(amount -> guarantees.put(amount.getName(), amount.getMilli()));
        var limits = new TreeMap<String, Long>();
        read.getLimitsList().forEach(amount -> limits.put(amount.getName(), amount.getMilli()));
        return new Quota(read.getRole(), Quantities.of(guarantees), new QuantityLimits(limits));
    }

    static Rows.Machine write(MachineId machine) {
        return Rows.Machine.newBuilder()
                .setHostname(machine.hostname())
                .setIp(machine.ip())
                .build();
    }

    static MachineId read(Rows.Machine read) {
        return new MachineId(read.getHostname(), read.getIp());
    }

    static Rows.Window write(MaintenanceWindow window) {
        var written = Rows.Window.newBuilder()
                .addAllMachines(
                        window.machines().stream().map(PlanMapping::write).toList())
                .setStart(Values.time(window.unavailability().start()));
        var duration = window.unavailability().duration();
        if (duration != null) {
            written.setDuration(Values.span(duration));
        }
        return written.build();
    }

    static MaintenanceWindow read(Rows.Window read) {
        return new MaintenanceWindow(
                read.getMachinesList().stream().map(PlanMapping::read).toList(),
                new Unavailability(
                        Values.time(read.getStart()), read.hasDuration() ? Values.span(read.getDuration()) : null));
    }

    static Rows.Maintenance write(MaintenanceRow row) {
        return Rows.Maintenance.newBuilder()
                .addAllWindows(row.windows().stream().map(PlanMapping::write).toList())
                .addAllDown(row.down().stream().map(PlanMapping::write).toList())
                .build();
    }

    static MaintenanceRow read(Rows.Maintenance read) {
        return new MaintenanceRow(
                read.getWindowsList().stream().map(PlanMapping::read).toList(),
                read.getDownList().stream().map(PlanMapping::read).toList());
    }

    static Rows.DrainPlan write(DrainPlan row) {
        var written = Rows.DrainPlan.newBuilder()
                .setNumber(row.number())
                .setState(row.state().number())
                .setMaxUnavailable(row.maxUnavailable())
                .setCreatedAt(Values.time(row.createdAt()))
                .setPrincipal(row.principal());
        for (var part : row.parts()) {
            written.addPartsBuilder()
                    .setAgent(part.agent().value())
                    .setBatch(part.batch())
                    .setStep(part.step().number())
                    .setWasDeactivated(part.wasDeactivated());
        }
        var maxGrace = row.maxGrace();
        if (maxGrace != null) {
            written.setMaxGrace(Values.span(maxGrace));
        }
        var deadline = row.deadline();
        if (deadline != null) {
            written.setDeadline(Values.time(deadline));
        }
        return written.build();
    }

    static DrainPlan read(Rows.DrainPlan read) {
        return new DrainPlan(
                read.getNumber(),
                Values.known(DrainPlan.State.of(read.getState()), "state of a drain", read.getState()),
                read.getPartsList().stream().map(PlanMapping::read).toList(),
                read.getMaxUnavailable(),
                read.hasMaxGrace() ? Values.span(read.getMaxGrace()) : null,
                read.hasDeadline() ? Values.time(read.getDeadline()) : null,
                Values.time(read.getCreatedAt()),
                read.getPrincipal());
    }

    private static DrainPlan.Part read(Rows.DrainPlan.Part read) {
        return new DrainPlan.Part(
                new AgentId(read.getAgent()),
                read.getBatch(),
                Values.known(DrainPlan.Step.of(read.getStep()), "step of a drain", read.getStep()),
                read.getWasDeactivated());
    }

    static Rows.Operation write(OperationRow row) {
        return Rows.Operation.newBuilder()
                .setFramework(row.framework().value())
                .setId(row.id().value())
                .setAgent(row.agent().value())
                .setType(row.type())
                .setState(row.state().number())
                .setStatusUuid(Values.uuid(row.status()))
                .setAt(Values.position(row.at()))
                .build();
    }

    static OperationRow read(Rows.Operation read) {
        return new OperationRow(
                new FrameworkId(read.getFramework()),
                new OperationId(read.getId()),
                new AgentId(read.getAgent()),
                read.getType(),
                Values.known(OperationState.of(read.getState()), "operation state", read.getState()),
                Values.uuid(read.getStatusUuid()),
                Values.position(read.getAt()));
    }
}
