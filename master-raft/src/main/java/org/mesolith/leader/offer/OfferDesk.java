package org.mesolith.leader.offer;

import java.time.Duration;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.OfferFilters;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Tally;

/** What the handlers of this package share. */
record OfferDesk(Present present, Supplies supplies, Wishes wishes, OfferFilters filters, OfferBook book, Tally tally) {
    /**
     * At the start of a leadership: no offers, no filters, nobody linked or connected.
     *
     * @param interval between periodic rounds
     * @param whitelist host names of the only agents that are offered; null for all
     */
    static OfferDesk open(Present present, Duration interval, @Nullable SortedSet<String> whitelist, Tally tally) {
        var supplies = new Supplies(present.registry(), whitelist);
        var filters = new OfferFilters(present::now, interval);
        var wishes = new Wishes(present, filters);
        return new OfferDesk(present, supplies, wishes, filters, new OfferBook(present, supplies, wishes), tally);
    }
}
