/**
 * Why somebody is not offered something, and what would be if something were different. The allocator that makes offers
 * answers both, on a copy of the leader's state of one moment; never on the leader's thread, and nothing is written.
 *
 * <pre>
 *   leader's queue ──► Scene ──► Explainer ──► OfferExplanation      Allocator.explain, then Changes until it says
 *     offered
 *                        │
 *                        └─────► Forecast ───► WhatIf                 Allocator.allocate before and after Changes
 * </pre>
 *
 * <p>Lives here: Scene and what it is made of, Change, Explainer, Forecast, DrainForecast, the stories of tasks,
 * agents, roles and reservations. May import: allocator, view, state, state.check, model, base.
 */
@NullMarked
package org.mesolith.leader.explain;

import org.jspecify.annotations.NullMarked;
