/**
 * Tests of what the leader keeps of offers.
 *
 * <p>Lives here: tests. May import: leader.offer, state, model.
 */
@NullMarked
package org.mesolith.leader.offer;

import org.jspecify.annotations.NullMarked;
