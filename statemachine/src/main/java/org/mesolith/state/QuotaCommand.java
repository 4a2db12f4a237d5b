package org.mesolith.state;

import java.util.List;
import org.mesolith.model.Weight;

/** How much roles may have, and how much they count. */
public sealed interface QuotaCommand extends Command {
    /** Sets the weights of these roles, all or none; the others keep theirs. */
    record SetWeights(List<Weight> weights) implements QuotaCommand {
        public SetWeights {
            weights = List.copyOf(weights);
        }
    }
}
