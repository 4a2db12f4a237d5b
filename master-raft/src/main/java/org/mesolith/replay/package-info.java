/**
 * The past of a cluster without the cluster: a copy of the registry and a log, applied as every master applied it.
 *
 * <p>Lives here: Replay, Sources, Picture. May import: raft, store, statecodec, state, log, model, base.
 */
@NullMarked
package org.mesolith.replay;

import org.jspecify.annotations.NullMarked;
