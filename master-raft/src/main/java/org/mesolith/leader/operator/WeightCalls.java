package org.mesolith.leader.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall.UpdateWeights;
import org.mesolith.base.Limits;
import org.mesolith.leader.event.Caller;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Replies;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.model.Roles;
import org.mesolith.model.Weight;
import org.mesolith.state.Actor;
import org.mesolith.state.Origin;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand.SetWeights;
import org.mesolith.state.RequestKey;

/** UPDATE_WEIGHTS: how much roles count. Offers that the new weights would have made otherwise are taken back. */
public final class WeightCalls {
    private final @Nullable List<String> whitelist;

    /**
     * @param whitelist the only roles besides "*"; null for any
     */
    public WeightCalls(@Nullable List<String> whitelist) {
        this.whitelist = whitelist;
    }

    /** The call; one bad weight refuses it whole. */
    public List<Effect> update(OperatorAsked asked, UpdateWeights update) {
        for (var weight : update.weights()) {
            var problem = problem(weight);
            if (problem != null) {
                return List.of(new Answer(asked.request(), new Reply.BadRequest(problem)));
            }
        }
        var caller = asked.caller();
        if (!hasUsableKey(caller)) {
            return List.of(new Answer(
                    asked.request(),
                    new Reply.BadRequest(
                            "an idempotency key has 1 to " + Limits.ID_CHARS_MAX + " characters; choose another one")));
        }
        var key = caller.requestKey() == null ? null : new RequestKey(scope(caller), caller.requestKey());
        return List.of(new Propose(
                new Propose.ForCall(asked.request()),
                Actor.operator(caller.principal()),
                Origin.HTTP,
                key,
                new SetWeights(update.weights())));
    }

    /** The call's answer. */
    public List<Effect> decided(Decided decided, RequestId request) {
        return List.of(new Answer(
                request,
                decided.outcome() instanceof Outcome.Rejected rejected ? Replies.refused(rejected) : new Reply.Done()));
    }

    private static boolean hasUsableKey(Caller caller) {
        var key = caller.requestKey();
        return key == null
                || (!key.isEmpty()
                        && key.length() <= Limits.ID_CHARS_MAX
                        && scope(caller).length() <= Limits.ID_CHARS_MAX);
    }

    private static String scope(Caller caller) {
        return caller.principal() == null ? "" : caller.principal();
    }

    private @Nullable String problem(Weight weight) {
        var role = Roles.problem(weight.role());
        if (role != null) {
            return "Failed to validate update weights call: " + role;
        }
        if (whitelist != null && !weight.role().equals(Roles.STAR) && !whitelist.contains(weight.role())) {
            return "Failed to validate update weights call: Unknown role '" + weight.role()
                    + "'; the roles of this cluster are " + whitelist;
        }
        double value = weight.value();
        return value > 0 && value < Double.POSITIVE_INFINITY
                ? null
                : "Failed to validate update weights call: Invalid weight '" + value + "': Weights must be positive";
    }
}
