package org.mesolith.state;

import org.mesolith.model.OfferOperation;
import org.mesolith.model.Quota;
import org.mesolith.state.AgentCommand.AdmitAgent;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.FrameworkCommand.SubscribeFramework;

/**
 * Which commands leave more behind than there was. When a master's disk is short these are refused, and everything that
 * ends, returns or gives back something goes on, for that is the way out. The log grows by any command, but it is cut
 * by snapshots; the state is not.
 */
public final class Growth {
    private Growth() {}

    /** True when the state may be larger after it. */
    public static boolean isGrowing(Command command) {
        return switch (command) {
            case AgentCommand agent -> agent(agent);
            case FrameworkCommand framework -> framework(framework);
            // Ends of tasks come as updates; the states before an end take no room of their own.
            case TaskCommand _ -> false;
            case ReservationCommand.OperateAgent(var _, var operation) -> operation(operation);
            case ReservationCommand.AcknowledgeOperations _ -> false;
            case ReservationCommand.ReserveAgents _, ReservationCommand.NoteReservations _ -> true;
            case ReservationCommand.ExpireReservations _, ReservationCommand.ReleaseReservations _ -> false;
            case QuotaCommand.SetWeights _ -> true;
            case QuotaCommand.UpdateQuotas(var quotas, boolean _) ->
                !quotas.stream().allMatch(Quota::isNone);
            case MaintenanceCommand.UpdateSchedule(var windows, var _) -> !windows.isEmpty();
            case MaintenanceCommand.PlanDrain _ -> true;
            case MaintenanceCommand _ -> false;
            case DeclarationCommand.Declare(var _, var _, long _, var changes) ->
                changes.stream().anyMatch(change -> change.wanted() != null);
            case SystemCommand _ -> false;
            // A member with a larger disk in place of one with a full disk is a way out, too.
            case MembershipCommand _ -> false;
        };
    }

    /** One that comes back must be heard: it tells which tasks have ended. */
    private static boolean agent(AgentCommand command) {
        return command instanceof AdmitAgent admit && admit.known() == null;
    }

    /** One that comes back must be able to kill and to acknowledge. */
    private static boolean framework(FrameworkCommand command) {
        return switch (command) {
            case SubscribeFramework(var id, var _) -> id == null;
            case FrameworkCommand.UpdateFramework _ -> true;
            case AcceptOffers accept -> accept.operations().stream().anyMatch(Growth::operation);
            case FrameworkCommand.DisconnectFramework _,
                    FrameworkCommand.TimeOutFramework _,
                    FrameworkCommand.TearDownFramework _ -> false;
        };
    }

    private static boolean operation(OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Launch _,
                    OfferOperation.LaunchGroup _,
                    OfferOperation.Reserve _,
                    OfferOperation.Create _,
                    OfferOperation.GrowVolume _ -> true;
            case OfferOperation.Unreserve _,
                    OfferOperation.Destroy _,
                    OfferOperation.ShrinkVolume _,
                    OfferOperation.NotSupported _,
                    OfferOperation.Refused _ -> false;
        };
    }
}
