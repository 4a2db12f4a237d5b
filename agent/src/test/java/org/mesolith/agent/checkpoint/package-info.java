/**
 * Tests of what survives the agent process.
 *
 * <p>Lives here: the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.checkpoint;

import org.jspecify.annotations.NullMarked;
