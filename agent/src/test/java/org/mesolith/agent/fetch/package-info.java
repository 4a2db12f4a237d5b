/**
 * Tests of the agent's fetch: event in, effects out.
 *
 * <p>Lives here: Bench and the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.fetch;

import org.jspecify.annotations.NullMarked;
