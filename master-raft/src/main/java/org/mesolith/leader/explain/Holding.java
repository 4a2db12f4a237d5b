package org.mesolith.leader.explain;

import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/**
 * What one framework has of an agent in one task or offer.
 *
 * @param resources naming no role that they are allocated to
 * @param isOffer an offer, not a task
 * @param what id of the task or offer
 */
public record Holding(FrameworkId framework, String role, Resources resources, boolean isOffer, String what) {
    /** For sentences. */
    public String named() {
        return (isOffer ? "offer " : "task ") + what + " of framework " + framework;
    }
}
