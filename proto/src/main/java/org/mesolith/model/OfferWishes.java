package org.mesolith.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a framework wants of offers, by role. It is said anew with every subscription, so it is not replicated.
 *
 * @param minAllocatable an offer for the role contains at least one of these; empty for no minimum; a role that is
 *     missing has the cluster's minimum
 * @param constraints agents that may be offered for the role; a role that is missing has no constraint
 */
public record OfferWishes(
        SortedMap<String, List<Quantities>> minAllocatable, SortedMap<String, OfferConstraints> constraints) {
    /** Nothing in particular. */
    public static final OfferWishes NONE = new OfferWishes(new TreeMap<>(), new TreeMap<>());

    public OfferWishes {
        minAllocatable = Collections.unmodifiableSortedMap(new TreeMap<>(minAllocatable));
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
    }
}
