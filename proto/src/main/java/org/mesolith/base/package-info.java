/**
 * The smallest tools: clock and threads, checks, bounds, files.
 *
 * <p>Lives here: EventQueue, ThreadQueue, AtOnce, Check, Halt, Limits, DurableFiles. May import: nothing of ours.
 */
@NullMarked
package org.mesolith.base;

import org.jspecify.annotations.NullMarked;
