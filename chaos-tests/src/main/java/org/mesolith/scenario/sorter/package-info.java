/**
 * Scenarios of the sorter level: the order of clients by their shares alone.
 *
 * <p>Lives here: SorterStage. May import: scenario.grammar, allocator, model, base.
 */
@NullMarked
package org.mesolith.scenario.sorter;

import org.jspecify.annotations.NullMarked;
