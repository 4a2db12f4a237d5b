/**
 * Tests of the agent's fetcher.
 *
 * <p>Lives here: Web, Packed and the tests. May import: what the package under test may.
 */
@NullMarked
package org.mesolith.agent.fetch;

import org.jspecify.annotations.NullMarked;
