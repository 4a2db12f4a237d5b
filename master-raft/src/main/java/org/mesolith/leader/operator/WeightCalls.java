package org.mesolith.leader.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall.UpdateWeights;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.Roles;
import org.mesolith.model.Weight;
import org.mesolith.state.QuotaCommand.SetWeights;

/** UPDATE_WEIGHTS: how much roles count. Offers that the new weights would have made otherwise are taken back. */
public final class WeightCalls {
    private final @Nullable List<String> whitelist;
    private final Acls acls;

    /**
     * @param whitelist the only roles besides "*"; null for any
     */
    public WeightCalls(@Nullable List<String> whitelist, Acls acls) {
        this.whitelist = whitelist;
        this.acls = acls;
    }

    /** The call; one bad weight refuses it whole. */
    public List<Effect> update(OperatorAsked asked, UpdateWeights update) {
        for (var weight : update.weights()) {
            var problem = problem(weight);
            if (problem != null) {
                return List.of(new Answer(asked.request(), new Reply.BadRequest(problem)));
            }
        }
        var principal = asked.caller().principal();
        for (var weight : update.weights()) {
            if (!acls.allow(Action.UPDATE_WEIGHT, principal, weight.role())) {
                var refusal = Permits.no(principal, Action.UPDATE_WEIGHT, "of role '" + weight.role() + "'");
                return List.of(new Answer(asked.request(), new Reply.Forbidden(refusal)));
            }
        }
        return OperatorProposal.of(asked, new SetWeights(update.weights()));
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
