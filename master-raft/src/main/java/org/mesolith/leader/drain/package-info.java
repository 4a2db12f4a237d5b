/**
 * Agents that an operator empties, takes out of use, or gives up.
 *
 * <p>Lives here: AgentStates. May import: leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.drain;

import org.jspecify.annotations.NullMarked;
