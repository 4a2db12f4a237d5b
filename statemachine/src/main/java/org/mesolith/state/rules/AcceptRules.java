package org.mesolith.state.rules;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.OfferOperation;
import org.mesolith.state.FrameworkCommand.AcceptOffers;
import org.mesolith.state.Outcome;
import org.mesolith.state.Reason;
import org.mesolith.state.Result;
import org.mesolith.state.Result.OperationOutcome;

/** What a framework does with what it was offered: operations in order, an outcome each. */
final class AcceptRules {
    private AcceptRules() {}

    static Outcome accept(Draft draft, AcceptOffers command) {
        var refused = refusedWhole(draft, command);
        if (refused != null) {
            return refused;
        }
        var launcher = new Launcher(draft, command);
        var outcomes = new ArrayList<OperationOutcome>(command.operations().size());
        for (var operation : command.operations()) {
            outcomes.add(perform(launcher, operation));
        }
        return draft.accepted(new Result.OffersAccepted(outcomes));
    }

    private static @Nullable Outcome refusedWhole(Draft draft, AcceptOffers command) {
        if (draft.before().framework(command.framework()) == null) {
            return FrameworkRules.refusedUnknown(draft, command.framework());
        }
        var agent = draft.before().agent(command.agent());
        if (agent == null || !agent.isRegistered()) {
            return AgentRules.refusedUnknown(draft, command.agent(), agent);
        }
        return agent.deactivated()
                ? new Outcome.Rejected(
                        Reason.AGENT_DEACTIVATED,
                        "agent " + command.agent() + " is deactivated; `meso agent reactivate` ends that")
                : null;
    }

    private static OperationOutcome perform(Launcher launcher, OfferOperation operation) {
        return switch (operation) {
            case OfferOperation.Launch launch -> launcher.launch(launch);
            case OfferOperation.LaunchGroup _ -> notSupported("LAUNCH_GROUP");
            case OfferOperation.Reserve _ -> notSupported("RESERVE");
            case OfferOperation.Unreserve _ -> notSupported("UNRESERVE");
            case OfferOperation.Create _ -> notSupported("CREATE");
            case OfferOperation.Destroy _ -> notSupported("DESTROY");
            case OfferOperation.GrowVolume _ -> notSupported("GROW_VOLUME");
            case OfferOperation.ShrinkVolume _ -> notSupported("SHRINK_VOLUME");
            case OfferOperation.NotSupported(var _, var type) -> notSupported(type);
        };
    }

    private static OperationOutcome notSupported(String type) {
        return new OperationOutcome.Failed("operation " + type + " is not supported yet");
    }
}
