/**
 * What a process of ours logs, and how a line looks.
 *
 * <p>Lives here: Calm, LogLine, ProcessLog. May import: nothing of ours.
 */
@NullMarked
package org.mesolith.logging;

import org.jspecify.annotations.NullMarked;
