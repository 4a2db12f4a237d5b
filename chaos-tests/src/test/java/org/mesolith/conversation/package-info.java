/**
 * What clients of the v1 API and our processes say to each other: wrong calls, and whole conversations, as bytes.
 *
 * <p>Lives here: tests. May import: sim.calm, codec, generated messages.
 */
@NullMarked
package org.mesolith.conversation;

import org.jspecify.annotations.NullMarked;
