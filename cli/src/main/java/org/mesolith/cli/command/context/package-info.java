/**
 * Which masters the other commands talk to when nothing else is said.
 *
 * <p>Lives here: ContextLs, ContextRm, ContextSet, ContextShow, ContextUse. May import: client,
 * render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.context;

import org.jspecify.annotations.NullMarked;
