package org.mesolith.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferConstraints;
import org.mesolith.model.Resources;

/**
 * A framework as it is shown.
 *
 * @param recovered known from before the leader changed and not yet back
 * @param constraints agents that it wants to be offered, by role; empty while it was not heard in this term
 */
public record FrameworkView(
        FrameworkId id,
        FrameworkInfo info,
        boolean active,
        boolean connected,
        boolean recovered,
        Instant registered,
        @Nullable Instant reregistered,
        @Nullable Instant unregistered,
        List<Offer> offers,
        Resources allocated,
        Resources offered,
        SortedMap<String, OfferConstraints> constraints) {
    public FrameworkView {
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
        offers = List.copyOf(offers);
    }
}
