/**
 * Tests of what the machine has.
 *
 * <p>Lives here: the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.resource;

import org.jspecify.annotations.NullMarked;
