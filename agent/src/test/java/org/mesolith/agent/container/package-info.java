/**
 * Tests of containers with real processes.
 *
 * <p>Lives here: Machine and the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.container;

import org.jspecify.annotations.NullMarked;
