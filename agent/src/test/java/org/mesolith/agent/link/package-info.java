/**
 * Tests of the way to the leader.
 *
 * <p>Lives here: the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.link;

import org.jspecify.annotations.NullMarked;
