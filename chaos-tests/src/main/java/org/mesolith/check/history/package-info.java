/**
 * What was done to a cluster and what was seen of it, in one order: written while it happens, read by the checkers.
 *
 * <p>Lives here: HistoryEvent, HistoryWriter, HistoryReader, History, Pairs. May import: Jackson.
 */
@NullMarked
package org.mesolith.check.history;

import org.jspecify.annotations.NullMarked;
