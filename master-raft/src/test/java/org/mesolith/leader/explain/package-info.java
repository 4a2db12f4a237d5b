/**
 * Tests of explanations.
 *
 * <p>Lives here: RandomScene, ExplainerLawsTest, ExplainerTest. May import: leader.explain, allocator, model, base.
 */
@NullMarked
package org.mesolith.leader.explain;

import org.jspecify.annotations.NullMarked;
