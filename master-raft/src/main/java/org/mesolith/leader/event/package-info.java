/**
 * What can happen to a leadership, and what it wants done about it: data only, no callbacks.
 *
 * <p>Lives here: LeaderEvent, Effect, Reply, and the small values they are made of. May import: model, api, state,
 * base.
 */
@NullMarked
package org.mesolith.leader.event;

import org.jspecify.annotations.NullMarked;
