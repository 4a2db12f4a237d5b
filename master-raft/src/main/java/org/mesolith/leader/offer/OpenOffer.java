package org.mesolith.leader.offer;

import org.mesolith.model.Filters;
import org.mesolith.model.Offer;
import org.mesolith.model.Resources;

/**
 * An offer whose resources are held.
 *
 * @param resources of the agent, naming no role
 * @param taken an accept of it is on its way through the log: nobody may use it any more, nothing may be offered again
 * @param filters for what the accept leaves
 */
record OpenOffer(Offer offer, Resources resources, boolean taken, Filters filters) {
    OpenOffer takenWith(Filters left) {
        return new OpenOffer(offer, resources, true, left);
    }
}
