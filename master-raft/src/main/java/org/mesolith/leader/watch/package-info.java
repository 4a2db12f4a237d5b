/**
 * Operators who are told what happens: who listens, and what each change of the cluster is to them.
 *
 * <p>Lives here: Watchers, WatchEvents. May import: leader.event, view, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.watch;

import org.jspecify.annotations.NullMarked;
