/**
 * The agent's HTTP door.
 *
 * <p>Lives here: AgentDoor (routes), Files of sandboxes, the v1 calls, MastersDoor (other masters),
 * ExecutorDoor (executors of frameworks). May import: agent.core, base, access,
 * model, api, codec, pages, logging, wire.
 */
@NullMarked
package org.mesolith.agent.http;

import org.jspecify.annotations.NullMarked;
