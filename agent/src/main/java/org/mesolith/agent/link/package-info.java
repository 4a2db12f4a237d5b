/**
 * The way to the leader: find it, keep a link to it, find the next one.
 *
 * <p>Lives here: MasterLink, MasterFinder, KnownMasters. May import: agent.core, base, model, api, codec, wire.
 */
@NullMarked
package org.mesolith.agent.link;

import org.jspecify.annotations.NullMarked;
