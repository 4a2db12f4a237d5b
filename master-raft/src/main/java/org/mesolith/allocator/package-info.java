/**
 * Who is offered what: hierarchical dominant-resource fairness as a pure library. No clock, no threads, no memory of
 * its own: everything is in the input, and the same input gives the same result.
 *
 * <pre>
 *   AllocationInput ──► Allocator ──► List&lt;Allocation&gt;        one round
 *                        │  Ranking: who is poorest (ShareTree: how poor)
 *                        └► Offerable: may this framework have this of this agent? ──► Verdict: why not
 * </pre>
 *
 * <p>Lives here: Allocator, AllocationInput and what it is made of, ShareTree, Headroom, OfferFilters, InverseOffers,
 * ConstraintFilter, Verdict. May import: model, base, RE2/J.
 */
@NullMarked
package org.mesolith.allocator;

import org.jspecify.annotations.NullMarked;
