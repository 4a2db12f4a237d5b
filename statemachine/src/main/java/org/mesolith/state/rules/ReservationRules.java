package org.mesolith.state.rules;

import java.util.List;
import org.mesolith.model.OfferOperation;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.ReservationCommand.AcknowledgeOperations.Acknowledgement;
import org.mesolith.state.ReservationCommand.OperateAgent;
import org.mesolith.state.check.OperationChecks;

/** What operators do with the free resources of an agent, and how frameworks acknowledge their operations. */
final class ReservationRules {
    private ReservationRules() {}

    static Outcome operate(Draft draft, OperateAgent command) {
        var row = draft.before().agent(command.agent());
        if (row == null || !row.isRegistered()) {
            return AgentRules.refusedUnknown(draft, command.agent(), row);
        }
        var operation = command.operation();
        var holdings = new Holdings(draft, row);
        var asker = OperationChecks.Asker.operator(draft.principal());
        var problem = OperationChecks.problem(operation, asker, holdings.holder());
        if (problem != null) {
            return new Outcome.Rejected(
                    Reason.OPERATION_INVALID, "Invalid operation on agent " + row.id() + ": " + problem);
        }
        if (holdings.convert(operation) == null) {
            return missing(operation, holdings, row.id().value());
        }
        holdings.keep();
        return draft.accepted();
    }

    private static Outcome missing(OfferOperation operation, Holdings holdings, String agent) {
        return new Outcome.Rejected(
                Reason.RESOURCES_MISSING,
                "agent " + agent + " has only {" + holdings.free() + "} free, which is not enough for " + operation
                        + "; ask for less, or wait until tasks have ended");
    }

    static Outcome acknowledge(Draft draft, List<Acknowledgement> acknowledgements) {
        for (var one : acknowledgements) {
            var row = draft.before().operation(one.framework(), one.operation());
            if (row != null && row.status().equals(one.status()) && !draft.isForgotten(row)) {
                draft.forget(row);
            }
        }
        return draft.accepted();
    }
}
