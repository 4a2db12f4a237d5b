/**
 * Agents that an operator empties, takes out of use, or gives up.
 *
 * <p>Lives here: AgentStates, DrainPlans. May import: leader.event, model, api, state, state.row, state.check,
 * base.
 */
@NullMarked
package org.mesolith.leader.drain;

import org.jspecify.annotations.NullMarked;
