/**
 * Tests of the agent's looks over the network.
 *
 * <p>Lives here: the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.probe;

import org.jspecify.annotations.NullMarked;
