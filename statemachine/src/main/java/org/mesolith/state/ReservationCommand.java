package org.mesolith.state;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.Uuid;

/** What operators do with the free resources of agents, and what frameworks know of their own operations. */
public sealed interface ReservationCommand extends Command {
    /**
     * An operator reserves, creates or resizes what no task uses, in the name of the command's actor.
     *
     * @param operation one that converts resources
     */
    record OperateAgent(AgentId agent, OfferOperation operation) implements ReservationCommand {}

    /**
     * An operator reserves the same on each of these agents, all or none, in the name of the command's actor. Accepted
     * from {@link FeatureLevel#DECLARATIONS} on, as the next three.
     *
     * @param resources with the reservations that are to be made
     * @param wish what is written down of each
     */
    record ReserveAgents(List<AgentId> agents, Resources resources, ReservationWish wish)
            implements ReservationCommand {
        public ReserveAgents {
            agents = List.copyOf(agents);
        }
    }

    /** Something is written down of reservations, all or none. */
    record NoteReservations(List<ReservationKey> reservations, ReservationWish wish) implements ReservationCommand {
        public NoteReservations {
            reservations = List.copyOf(reservations);
        }
    }

    /**
     * The leader has seen that the time of these reservations is over. What of them is free when this is applied is
     * given back; the time that counts is the command's.
     */
    record ExpireReservations(List<ReservationKey> reservations) implements ReservationCommand {
        public ExpireReservations {
            reservations = List.copyOf(reservations);
        }
    }

    /**
     * An operator gives back what is free of reservations that nobody needs: of those whose time is over, and of those
     * for whose role there is no framework. Whether that is so is looked at when this is applied; others stay.
     */
    record ReleaseReservations(List<ReservationKey> reservations) implements ReservationCommand {
        public ReleaseReservations {
            reservations = List.copyOf(reservations);
        }
    }

    /** Frameworks know what became of these operations; others are passed over. */
    record AcknowledgeOperations(List<Acknowledgement> acknowledgements) implements ReservationCommand {
        public AcknowledgeOperations {
            acknowledgements = List.copyOf(acknowledgements);
        }

        /** One status; one with another uuid stays. */
        public record Acknowledgement(FrameworkId framework, OperationId operation, Uuid status) {}
    }
}
