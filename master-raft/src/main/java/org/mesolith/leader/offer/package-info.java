/**
 * Open offers of this leadership: how they come about, who may use them, and how they end.
 *
 * <pre>
 *   Supplies (agents) ─┐
 *   Wishes (frameworks)├─► Rounds ─► Allocator ─► OfferBook ─► taken │ declined │ rescinded │ expired
 *   OfferFilters ──────┘                                        └── what is left returns to Supplies
 * </pre>
 *
 * <p>Lives here: OfferBook, InverseBook, OfferCalls, OfferChanges, Rounds, Supplies, Wishes. May import: allocator,
 * leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.offer;

import org.jspecify.annotations.NullMarked;
