package org.mesolith.state;

import java.util.List;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.OperationId;
import org.mesolith.model.Uuid;

/** What operators do with the free resources of agents, and what frameworks know of their own operations. */
public sealed interface ReservationCommand extends Command {
    /**
     * An operator reserves, creates or resizes what no task uses, in the name of the command's actor.
     *
     * @param operation one that converts resources
     */
    record OperateAgent(AgentId agent, OfferOperation operation) implements ReservationCommand {}

    /** Frameworks know what became of these operations; others are passed over. */
    record AcknowledgeOperations(List<Acknowledgement> acknowledgements) implements ReservationCommand {
        public AcknowledgeOperations {
            acknowledgements = List.copyOf(acknowledgements);
        }

        /** One status; one with another uuid stays. */
        public record Acknowledgement(FrameworkId framework, OperationId operation, Uuid status) {}
    }
}
