/**
 * Scenarios of the table level: pure functions of the model and the rules, one case at a time.
 *
 * <p>Lives here: TableStage and the families of operations. May import: scenario.grammar, scenario.yaml, allocator,
 * model, base.
 */
@NullMarked
package org.mesolith.scenario.table;

import org.jspecify.annotations.NullMarked;
