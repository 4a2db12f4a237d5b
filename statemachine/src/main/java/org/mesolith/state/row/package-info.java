/**
 * The rows of the registry: what the cluster promised about each agent, framework and task.
 *
 * <p>Lives here: one record for each table, and their hashes. May import: model, base.
 */
@NullMarked
package org.mesolith.state.row;

import org.jspecify.annotations.NullMarked;
