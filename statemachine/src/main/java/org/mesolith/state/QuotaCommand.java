package org.mesolith.state;

import java.util.List;
import org.mesolith.model.Quota;
import org.mesolith.model.Weight;

/** How much roles may have, and how much they count. */
public sealed interface QuotaCommand extends Command {
    /** Sets the weights of these roles, all or none; the others keep theirs. */
    record SetWeights(List<Weight> weights) implements QuotaCommand {
        public SetWeights {
            weights = List.copyOf(weights);
        }
    }

    /**
     * Sets the quotas of these roles, all or none; one that is none ends the role's quota.
     *
     * @param force whatever the cluster has and the roles use
     */
    record UpdateQuotas(List<Quota> quotas, boolean force) implements QuotaCommand {
        public UpdateQuotas {
            quotas = List.copyOf(quotas);
        }
    }
}
