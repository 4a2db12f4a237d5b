/**
 * The agent process: runs tasks for the masters and tells them what becomes of them.
 *
 * <p>Lives here: AgentMain, Agent (every {@code new}), AgentConfig and AgentFlags (every setting). May import:
 * everything in this module.
 */
@NullMarked
package org.mesolith.agent;

import org.jspecify.annotations.NullMarked;
