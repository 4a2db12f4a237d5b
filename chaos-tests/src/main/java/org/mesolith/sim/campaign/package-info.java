/**
 * Many simulations: run over seeds, added up, and a failing one made as small as it can be.
 *
 * <p>Lives here: Campaign, Tally, Shrinker, Repeat. May import: sim, sim.plan, base.
 */
@NullMarked
package org.mesolith.sim.campaign;

import org.jspecify.annotations.NullMarked;
