/**
 * Tests of the leader: an event comes in, effects come out, on a clock that only the test moves.
 *
 * <p>Lives here: the bed (queue, log, streams, links) and a test for each matter. May import: leader, state, log,
 * model, api, base.
 */
@NullMarked
package org.mesolith.leader;

import org.jspecify.annotations.NullMarked;
