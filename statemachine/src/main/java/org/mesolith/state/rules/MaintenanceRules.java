package org.mesolith.state.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.MachineId;
import org.mesolith.model.StatusReason;
import org.mesolith.model.TaskState;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.MaintenanceCommand.DrainAgent;
import org.mesolith.state.MaintenanceCommand.UpdateSchedule;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.check.MaintenanceChecks;
import org.mesolith.state.row.Drain;
import org.mesolith.state.row.MaintenanceRow;

/** How machines are taken out of use. Mesos: {@code maintenance.cpp}. */
final class MaintenanceRules {
    private MaintenanceRules() {}

    static Outcome schedule(Draft draft, UpdateSchedule command) {
        var before = draft.before().maintenance();
        var windows = command.windows();
        if (!command.expected().isEmpty()) {
            var refusal = unexpected(draft, command.expected());
            if (refusal != null) {
                return refusal;
            }
        }
        var problem = MaintenanceChecks.schedule(before, windows);
        if (problem != null) {
            return new Outcome.Rejected(Reason.SCHEDULE_INVALID, problem);
        }
        keep(draft, before, new MaintenanceRow(windows, before.down()));
        return draft.accepted();
    }

    /** Null when the schedule is the one that was seen. */
    private static @Nullable Outcome unexpected(Draft draft, String expected) {
        var level = draft.before().featureLevel();
        if (!level.includes(FeatureLevel.PLANS)) {
            return new Outcome.Rejected(
                    Reason.LEVEL_TOO_LOW,
                    "a change of the schedule that says which one it replaces is accepted from feature level "
                            + FeatureLevel.PLANS.number() + " on, and the cluster is at " + level.number()
                            + "; upgrade every master, then run `meso cluster finalize`");
        }
        var present = draft.before().maintenance().fingerprint();
        return present.equals(expected)
                ? null
                : new Outcome.Rejected(
                        Reason.SCHEDULE_CHANGED,
                        "the maintenance schedule was changed by somebody else: it has the fingerprint " + present
                                + ", and " + expected + " was expected; nothing was changed. Look at it, and try"
                                + " again");
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
