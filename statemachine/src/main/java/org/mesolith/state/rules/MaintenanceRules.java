package org.mesolith.state.rules;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.MaintenanceCommand.DrainAgent;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.check.MaintenanceChecks;
import org.mesolith.state.row.Drain;
import org.mesolith.state.row.MaintenanceRow;

/** How machines are taken out of use. Mesos: {@code maintenance.cpp}. */
final class MaintenanceRules {
    private MaintenanceRules() {}

    static Outcome schedule(Draft draft, List<MaintenanceWindow> windows) {
        var before = draft.before().maintenance();
        var problem = MaintenanceChecks.schedule(before, windows);
        if (problem != null) {
            return new Outcome.Rejected(Reason.SCHEDULE_INVALID, problem);
        }
        keep(draft, before, new MaintenanceRow(windows, before.down()));
        return draft.accepted();
    }

    static Outcome start(Draft draft, List<MachineId> machines) {
        var before = draft.before().maintenance();
        var problem = MaintenanceChecks.start(before, machines);
        if (problem != null) {
            return new Outcome.Rejected(Reason.MACHINE_NOT_DRAINING, problem);
        }
        keep(draft, before, before.started(machines));
        for (var agent : draft.before().agents()) {
            boolean goes = agent.isRegistered()
                    && machines.stream()
                            .anyMatch(machine -> machine.holds(agent.info().hostname(), agent.address()));
            if (goes) {
                AgentRules.endTasks(
                        draft,
                        agent,
                        TaskState.TASK_LOST,
                        StatusReason.REASON_AGENT_REMOVED,
                        "The agent's machine is taken down for maintenance");
                draft.remove(agent);
            }
        }
        return draft.accepted();
    }

    static Outcome stop(Draft draft, List<MachineId> machines) {
        var before = draft.before().maintenance();
        var problem = MaintenanceChecks.stop(before, machines);
        if (problem != null) {
            return new Outcome.Rejected(Reason.MACHINE_NOT_DOWN, problem);
        }
        keep(draft, before, before.stopped(machines));
        return draft.accepted();
    }

    private static void keep(Draft draft, MaintenanceRow before, MaintenanceRow after) {
        if (!after.equals(before)) {
            draft.add(new Change.MaintenancePut(after));
        }
    }

    /** Repeating it replaces what was said before. */
    static Outcome drain(Draft draft, DrainAgent command) {
        var row = draft.before().agent(command.agent());
        if (row == null) {
            return AgentRules.refusedUnknown(draft, command.agent(), null);
        }
        if (row.isRegistered() && draft.before().maintenance().of(row.info().hostname(), row.address()) != null) {
            return new Outcome.Rejected(
                    Reason.AGENT_IN_MAINTENANCE,
                    "agent " + row.id() + " is on a machine of the maintenance schedule; take the machine out of it"
                            + " first");
        }
        draft.put(row.withDeactivated(true).withDrain(new Drain(command.maxGrace(), command.markGone(), false)));
        return draft.accepted();
    }

    /** Undoes draining and deactivation. */
    static Outcome reactivate(Draft draft, AgentId agent) {
        var row = draft.before().agent(agent);
        if (row == null) {
            return AgentRules.refusedUnknown(draft, agent, null);
        }
        if (row.isDraining()) {
            return new Outcome.Rejected(
                    Reason.AGENT_DRAINING, "agent " + agent + " is still draining; wait until it is drained");
        }
        if (!row.deactivated()) {
            return new Outcome.Rejected(Reason.AGENT_NOT_DEACTIVATED, "agent " + agent + " is not deactivated");
        }
        draft.put(row.withDeactivated(false).withDrain(null));
        return draft.accepted();
    }
}
