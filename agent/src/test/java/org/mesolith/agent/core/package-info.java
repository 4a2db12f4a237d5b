/**
 * Tests of the agent's core: event in, effects out.
 *
 * <p>Lives here: Bench and the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.core;

import org.jspecify.annotations.NullMarked;
