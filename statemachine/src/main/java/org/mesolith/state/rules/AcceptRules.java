package org.mesolith.state.rules;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.OfferOperation;
import org.mesolith.state.FeatureLevel;
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
        var offer = new AcceptedOffer(draft, command);
        var outcomes = new ArrayList<OperationOutcome>(command.operations().size());
        for (var operation : command.operations()) {
            outcomes.add(perform(offer, operation, outcomes.size() + 1));
        }
        offer.holdings().keep();
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

    /**
     * @param number of the operation, from 1
     */
    private static OperationOutcome perform(AcceptedOffer offer, OfferOperation operation, int number) {
        return switch (operation) {
            case OfferOperation.Launch launch -> new Launcher(offer).launch(launch);
            case OfferOperation.LaunchGroup group ->
                offer.draft().before().featureLevel().includes(FeatureLevel.EXECUTORS)
                        ? new GroupLauncher(offer, number).launch(group)
                        : notSupported("LAUNCH_GROUP");
            case OfferOperation.Reserve _ -> new Converter(offer).convert(operation, "RESERVE");
            case OfferOperation.Unreserve _ -> new Converter(offer).convert(operation, "UNRESERVE");
            case OfferOperation.Create _ -> new Converter(offer).convert(operation, "CREATE");
            case OfferOperation.Destroy _ -> new Converter(offer).convert(operation, "DESTROY");
            case OfferOperation.GrowVolume _ -> new Converter(offer).convert(operation, "GROW_VOLUME");
            case OfferOperation.ShrinkVolume _ -> new Converter(offer).convert(operation, "SHRINK_VOLUME");
            case OfferOperation.NotSupported(var _, var type) -> notSupported(type);
            case OfferOperation.Refused(var _, var _, var why) -> new OperationOutcome.Failed(MasterStatus.cut(why));
        };
    }

    static OperationOutcome notSupported(String type) {
        return new OperationOutcome.Failed("operation " + type + " is not supported yet");
    }
}
