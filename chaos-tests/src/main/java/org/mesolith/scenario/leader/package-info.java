/**
 * Scenarios of the master level: a whole leader with its HTTP doors, agents and frameworks, all of which do exactly
 * what the steps say.
 *
 * <p>Lives here: LeaderStage, the sides it plays, and what is looked at. May import: scenario.grammar, sim.calm, state,
 * model, api, allocator, base.
 */
@NullMarked
package org.mesolith.scenario.leader;

import org.jspecify.annotations.NullMarked;
