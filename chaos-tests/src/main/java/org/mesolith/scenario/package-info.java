/**
 * Scenarios: what a cluster manager is given and what it must come to, in files that any implementation could run.
 *
 * <pre>
 *   yaml (lines) ──► grammar (steps, kinds) ──► table │ sorter │ pool (allocator) │ leader (master)
 * </pre>
 *
 * <p>Lives here: ScenarioFiles, ScenarioRunner, Result. May import: sim, allocator, state, model, api, base.
 */
@NullMarked
package org.mesolith.scenario;

import org.jspecify.annotations.NullMarked;
