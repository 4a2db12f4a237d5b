/**
 * Tests of the whole agent, with a master of the tests' own and real processes.
 *
 * <p>Lives here: FakeMaster and the tests. May import: everything in this module.
 */
@NullMarked
package org.mesolith.agent;

import org.jspecify.annotations.NullMarked;
