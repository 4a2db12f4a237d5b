package org.mesolith.state.rules;

import java.util.List;
import org.mesolith.model.Roles;
import org.mesolith.model.Weight;
import org.mesolith.state.Change;
import org.mesolith.state.Outcome;
import org.mesolith.state.QuotaCommand.UpdateQuotas;
import org.mesolith.state.Reason;
import org.mesolith.state.check.QuotaChecks;

/** How much roles may have, and how much they count. */
final class QuotaRules {
    private QuotaRules() {}

    /** All or none. */
    static Outcome update(Draft draft, UpdateQuotas command) {
        var invalid = QuotaChecks.problem(command.quotas(), null);
        if (invalid != null) {
            return new Outcome.Rejected(Reason.QUOTA_INVALID, invalid);
        }
        if (!command.force()) {
            var consumed = QuotaChecks.consumed(draft.before(), command.quotas());
            if (consumed != null) {
                return new Outcome.Rejected(Reason.QUOTA_CONSUMED, consumed);
            }
            var overcommitted = QuotaChecks.overcommitted(draft.before(), command.quotas());
            if (overcommitted != null) {
                return new Outcome.Rejected(Reason.QUOTA_OVERCOMMITTED, overcommitted);
            }
        }
        for (var quota : command.quotas()) {
            if (!quota.equals(draft.before().quota(quota.role()))) {
                draft.add(new Change.QuotaPut(quota));
            }
        }
        return draft.accepted();
    }

    /** All or none. */
    static Outcome setWeights(Draft draft, List<Weight> weights) {
        for (var weight : weights) {
            var problem = Roles.problem(weight.role());
            if (problem != null) {
                return new Outcome.Rejected(Reason.WEIGHT_INVALID, problem);
            }
            // Positive finite doubles are those whose bits lie between those of zero and of infinity.
            boolean positive =
                    weight.bits() > 0 && weight.bits() < Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
            if (!positive) {
                return new Outcome.Rejected(
                        Reason.WEIGHT_INVALID,
                        "role '" + weight.role() + "' cannot have the weight " + weight.value()
                                + "; a weight is a number above 0");
            }
        }
        for (var weight : weights) {
            if (!weight.equals(draft.before().weight(weight.role()))) {
                draft.add(new Change.WeightPut(weight));
            }
        }
        return draft.accepted();
    }
}
