package org.mesolith.sim;

import java.util.List;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quota;
import org.mesolith.model.Resources;
import org.mesolith.sim.plan.Deeds;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.Command;
import org.mesolith.state.DeclarationCommand;
import org.mesolith.state.FrameworkCommand;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.QuotaCommand;
import org.mesolith.state.Registry;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.Result;
import org.mesolith.state.SystemCommand;
import org.mesolith.state.TaskCommand;

/** Counts what commands really did. */
final class DeedWatch {
    private final Deeds deeds = new Deeds();

    Deeds deeds() {
        return deeds;
    }

    /** A command was accepted. */
    void accepted(Registry before, Command command, List<Change> changes, Result result) {
        if (changes.isEmpty()) {
            return;
        }
        switch (command) {
            case FrameworkCommand framework -> framework(framework, result);
            case AgentCommand agent -> agent(before, agent, changes);
            case ReservationCommand.OperateAgent(var _, var operation) -> deeds.done("operator " + name(operation));
            case ReservationCommand.AcknowledgeOperations _ -> deeds.done("framework acknowledges operations");
            case ReservationCommand.ReserveAgents _ -> deeds.done("operator reserves on agents");
            case ReservationCommand.NoteReservations _ -> deeds.done("operator notes reservations");
            case ReservationCommand.ReleaseReservations _ -> deeds.done("operator releases reservations");
            case ReservationCommand.ExpireReservations _ -> deeds.done("reservations expire");
            case QuotaCommand.SetWeights _ -> deeds.done("operator weights");
            case QuotaCommand.UpdateQuotas(var quotas, boolean _) -> quotas(quotas);
            case MaintenanceCommand.UpdateSchedule _ -> deeds.done("operator schedule");
            case MaintenanceCommand.StartMaintenance _ -> deeds.done("operator maintenance begins");
            case MaintenanceCommand.StopMaintenance _ -> deeds.done("operator maintenance ends");
            case MaintenanceCommand.DrainAgent _ -> deeds.done("operator drain");
            case MaintenanceCommand.PlanDrain _ -> deeds.done("operator plans a drain");
            case MaintenanceCommand.SteerDrain(long _, var wish) ->
                deeds.done(
                        switch (wish) {
                            case PAUSE -> "operator pauses a drain";
                            case RESUME -> "operator resumes a drain";
                            case CANCEL -> "operator cancels a drain";
                        });
            case MaintenanceCommand.AdvanceDrain _ -> {
                deeds.done("drain advances");
                changes.forEach(this::drained);
            }
            case DeclarationCommand.Declare declare ->
                deeds.done("operator declares " + declare.kind().text());
            case TaskCommand _, SystemCommand _, MembershipCommand _ -> {}
        }
    }

    private void quotas(List<Quota> quotas) {
        quotas.forEach(quota -> deeds.done(quota.isNone() ? "operator quota removed" : "operator quota"));
        if (quotas.size() > 1) {
            deeds.done("operator quota of several roles");
        }
    }

    /** What became of shared volumes. */
    void shared(Command command, Result result, Registry after) {
        if (!(command instanceof FrameworkCommand.AcceptOffers accept)
                || !(result instanceof Result.OffersAccepted(var outcomes))) {
            return;
        }
        var used = after.allocated(accept.agent()).unallocated().shared();
        for (int i = 0; i < outcomes.size(); i++) {
            switch (outcomes.get(i)) {
                case Result.OperationOutcome.Launched _ -> {
                    if (used.entries().stream().anyMatch(volume -> volume.copies() > 1)) {
                        deeds.done("framework shared volume in two tasks");
                    }
                }
                case Result.OperationOutcome.Failed _ -> {
                    if (accept.operations().get(i) instanceof OfferOperation.Destroy(var _, var gone)
                            && used.contains(gone.unallocated())) {
                        deeds.done("framework DESTROY refused in use");
                    }
                }
                case Result.OperationOutcome.Performed _ -> {}
            }
        }
    }

    /** A plan has come to its end. */
    private void drained(Change change) {
        if (change instanceof Change.DrainPlanPut(var plan)) {
            switch (plan.state()) {
                case DONE -> deeds.done("drain done");
                case LATE -> deeds.done("drain late");
                case RUNNING, PAUSED, CANCELLED -> {}
            }
        }
    }

    private void agent(Registry before, AgentCommand command, List<Change> changes) {
        switch (command) {
            case AgentCommand.AdmitAgent _ -> {
                deeds.done("agent admitted");
                changes.forEach(change -> changed(before, change));
            }
            case AgentCommand.UpdateAgent _ -> deeds.done("agent changed");
            case AgentCommand.MarkAgentsUnreachable _ -> deeds.done("agent unreachable");
            case AgentCommand.MarkAgentReachable _ -> deeds.done("agent reachable");
            case AgentCommand.MarkAgentGone _ -> deeds.done("operator gone");
            case AgentCommand.DeactivateAgent _ -> deeds.done("operator deactivate");
            case AgentCommand.ReactivateAgent _ -> deeds.done("operator reactivate");
            case AgentCommand.RemoveAgent _ -> deeds.done("agent left");
            case AgentCommand.PruneAgents _ -> deeds.done("agents forgotten");
        }
    }

    /** An agent may come back with more or less. */
    private void changed(Registry before, Change change) {
        if (change instanceof Change.AgentPut(var row)) {
            var known = before.agent(row.id());
            if (known != null && !known.isRegistered()) {
                deeds.done("agent reachable");
            }
            if (known != null && !known.info().resources().equals(row.info().resources())) {
                deeds.done("agent changed");
            }
        }
    }

    private void framework(FrameworkCommand command, Result result) {
        switch (command) {
            case FrameworkCommand.SubscribeFramework _ -> deeds.done("framework SUBSCRIBE");
            case FrameworkCommand.UpdateFramework _ -> deeds.done("framework UPDATE");
            case FrameworkCommand.DisconnectFramework _ -> deeds.done("framework lost");
            case FrameworkCommand.TimeOutFramework _ -> deeds.done("framework TIMEOUT");
            case FrameworkCommand.TearDownFramework _ -> deeds.done("framework TEARDOWN");
            case FrameworkCommand.AcceptOffers accept -> {
                if (result instanceof Result.OffersAccepted(var outcomes)) {
                    for (int i = 0; i < outcomes.size(); i++) {
                        operation(accept.operations().get(i), outcomes.get(i));
                    }
                }
            }
        }
    }

    private void operation(OfferOperation operation, Result.OperationOutcome outcome) {
        switch (outcome) {
            case Result.OperationOutcome.Launched _, Result.OperationOutcome.Performed _ ->
                deeds.done("framework " + name(operation));
            case Result.OperationOutcome.Failed _ -> deeds.done("framework failed operation");
        }
    }

    private static String name(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Launch _ -> "LAUNCH";
            case OfferOperation.LaunchGroup _ -> "LAUNCH_GROUP";
            case OfferOperation.Reserve(var _, var source, var made) -> {
                boolean refined = made.entries().stream()
                        .anyMatch(one -> one.kind().reservations().size() > 1);
                yield !source.isEmpty() ? "RESERVE anew" : refined ? "RESERVE refined" : "RESERVE";
            }
            case OfferOperation.Unreserve _ -> "UNRESERVE";
            case OfferOperation.Create(var _, var volumes) -> isShared(volumes) ? "CREATE shared" : "CREATE";
            case OfferOperation.Destroy _ -> "DESTROY";
            case OfferOperation.GrowVolume _ -> "GROW_VOLUME";
            case OfferOperation.ShrinkVolume _ -> "SHRINK_VOLUME";
            case OfferOperation.NotSupported(var _, var type) -> type;
            case OfferOperation.Refused(var _, var type, var _) -> type;
        };
    }

    private static boolean isShared(Resources volumes) {
        return !volumes.shared().isEmpty();
    }
}
