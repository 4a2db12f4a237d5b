/**
 * What this machine has, and what it lends on top of that.
 *
 * <p>Lives here: MachineResources, FixedEstimator. May import: agent.core, base, model, api.
 */
@NullMarked
package org.mesolith.agent.resource;

import org.jspecify.annotations.NullMarked;
