/**
 * The agents' door: one long connection each, made by upgrading an HTTP connection of the masters' port.
 *
 * <p>Lives here: LinkDoor. May import: leader, leader.event, log, metrics, api, codec, wire, model, base.
 */
@NullMarked
package org.mesolith.agentlink;

import org.jspecify.annotations.NullMarked;
