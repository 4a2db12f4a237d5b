package org.mesolith.leader.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall.StartMaintenance;
import org.mesolith.api.OperatorCall.StopMaintenance;
import org.mesolith.api.OperatorCall.UpdateMaintenanceSchedule;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.MachineId;
import org.mesolith.state.Command;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.check.MaintenanceChecks;

/** When machines are taken down, and that they are. */
public final class MaintenanceCalls {
    private final Present present;
    private final Acls acls;

    public MaintenanceCalls(Present present, Acls acls) {
        this.present = present;
        this.acls = acls;
    }

    /** UPDATE_MAINTENANCE_SCHEDULE. */
    public List<Effect> schedule(OperatorAsked asked, UpdateMaintenanceSchedule call) {
        var level = present.registry().featureLevel();
        if (!call.expected().isEmpty() && !level.includes(FeatureLevel.PLANS)) {
            // A master of the version before would stop at the entry.
            return List.of(new Answer(
                    asked.request(),
                    new Reply.BadRequest("A change of the schedule that says which one it replaces needs feature level "
                            + FeatureLevel.PLANS.number() + ", and the cluster is at " + level.number()
                            + "; upgrade every master, then run `meso cluster finalize`")));
        }
        var machines = new ArrayList<MachineId>();
        call.windows().forEach(window -> machines.addAll(window.machines()));
        return decide(
                asked,
                MaintenanceChecks.schedule(present.registry().maintenance(), call.windows()),
                Action.UPDATE_MAINTENANCE_SCHEDULE,
                machines,
                new MaintenanceCommand.UpdateSchedule(call.windows(), call.expected()));
    }

    /** START_MAINTENANCE. */
    public List<Effect> start(OperatorAsked asked, StartMaintenance call) {
        return decide(
                asked,
                MaintenanceChecks.start(present.registry().maintenance(), call.machines()),
                Action.START_MAINTENANCE,
                call.machines(),
                new MaintenanceCommand.StartMaintenance(call.machines()));
    }

    /** STOP_MAINTENANCE. */
    public List<Effect> stop(OperatorAsked asked, StopMaintenance call) {
        return decide(
                asked,
                MaintenanceChecks.stop(present.registry().maintenance(), call.machines()),
                Action.STOP_MAINTENANCE,
                call.machines(),
                new MaintenanceCommand.StopMaintenance(call.machines()));
    }

    private List<Effect> decide(
            OperatorAsked asked, @Nullable String problem, Action action, List<MachineId> machines, Command command) {
        if (problem != null) {
            return List.of(new Answer(asked.request(), new Reply.BadRequest(problem)));
        }
        var principal = asked.caller().principal();
        for (var machine : machines) {
            if (!acls.allow(action, principal, machine.toString())) {
                var refusal = Permits.no(principal, action, "of machine '" + machine + "'");
                return List.of(new Answer(asked.request(), new Reply.Forbidden(refusal)));
            }
        }
        return OperatorProposal.of(asked, command);
    }
}
