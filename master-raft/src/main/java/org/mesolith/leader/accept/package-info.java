/**
 * ACCEPT: from taken offers to one command, and from its outcome to launch orders and refusals.
 *
 * <p>Lives here: Accepts. May import: leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.accept;

import org.jspecify.annotations.NullMarked;
