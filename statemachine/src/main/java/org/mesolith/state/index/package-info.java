/**
 * Indexes of the registry: what follows from its rows and is kept so that nobody has to look for it.
 *
 * <p>Lives here: TaskTables, AgentUse, Pool. May import: state.row, state.table, model, base.
 */
@NullMarked
package org.mesolith.state.index;

import org.jspecify.annotations.NullMarked;
