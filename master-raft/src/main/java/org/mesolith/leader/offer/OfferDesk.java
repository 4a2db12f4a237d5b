package org.mesolith.leader.offer;

import java.time.Duration;
import org.mesolith.leader.event.Present;

/** What the handlers of this package share. */
record OfferDesk(Present present, Supplies supplies, Wishes wishes, OfferFilters filters, OfferBook book) {
    /**
     * At the start of a leadership: no offers, no filters, nobody linked or connected.
     *
     * @param interval between periodic rounds
     */
    static OfferDesk open(Present present, Duration interval) {
        var supplies = new Supplies(present.registry());
        var filters = new OfferFilters(present, interval);
        var wishes = new Wishes(present, filters);
        return new OfferDesk(present, supplies, wishes, filters, new OfferBook(present, supplies, wishes));
    }
}
