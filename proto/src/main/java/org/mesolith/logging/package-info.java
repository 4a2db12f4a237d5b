/**
 * What a process of ours logs, and how a line looks.
 *
 * <p>Lives here: Calm, LogLine, ProcessLog, Verbosity. May import: base.
 */
@NullMarked
package org.mesolith.logging;

import org.jspecify.annotations.NullMarked;
