/**
 * Agents as the leader sees them now: their links, when they spoke last, and what follows from silence.
 *
 * <p>Lives here: AgentSessions, AgentJoins, AgentSilence. May import: leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.agent;

import org.jspecify.annotations.NullMarked;
