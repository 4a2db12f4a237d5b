/**
 * What this machine has.
 *
 * <p>Lives here: MachineResources. May import: agent.core, base, model, api.
 */
@NullMarked
package org.mesolith.agent.resource;

import org.jspecify.annotations.NullMarked;
