/**
 * The port to consensus: what the master needs of a replicated log, and nothing of how it is made.
 *
 * <p>Lives here: CommandLog, LogListener, ClusterControl, Snapshots, Restoring, Recovering, Details,
 * LeaderBarriers, PeerTerms, MemberReads, and the values
 * they speak. May import:
 * state, model, base.
 */
@NullMarked
package org.mesolith.log;

import org.jspecify.annotations.NullMarked;
