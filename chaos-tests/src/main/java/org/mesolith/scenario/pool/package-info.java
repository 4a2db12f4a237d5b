/**
 * Scenarios of the allocator level: agents, frameworks and what they hold, around the allocator alone.
 *
 * <p>Lives here: PoolStage, Pool and its parts. May import: scenario.grammar, allocator, model, base.
 */
@NullMarked
package org.mesolith.scenario.pool;

import org.jspecify.annotations.NullMarked;
