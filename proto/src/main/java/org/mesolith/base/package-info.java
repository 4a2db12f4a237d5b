/**
 * The smallest tools: clock and threads, checks, bounds.
 *
 * <p>Lives here: EventQueue, ThreadQueue, Check, Halt, Limits. May import: nothing of ours.
 */
@NullMarked
package org.mesolith.base;

import org.jspecify.annotations.NullMarked;
