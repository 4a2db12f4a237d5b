/**
 * Looks at tasks over the network of their machine: GETs and connections. (Commands are run by {@code
 * agent.container}.)
 *
 * <p>Lives here: NetProbes and what it is made of. May import: agent.core, base, model, api.
 */
@NullMarked
package org.mesolith.agent.probe;

import org.jspecify.annotations.NullMarked;
