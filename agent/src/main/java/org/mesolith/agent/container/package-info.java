/**
 * Processes: starts tasks, finds them again, ends whole trees of them.
 *
 * <pre>
 *   Containers --setsid--> shim.sh (one per task, outlives the agent) --> task, its children, their children …
 *       ^                     |                                            all in one ProcessTrees.Tree
 *       +---- Watch <--- marks/ID.started, marks/ID.exit
 * </pre>
 *
 * <p>Needs {@code /bin/sh}, {@code setsid} and, where used, {@code prlimit} and {@code setpriv} of util-linux, and
 * coreutils.
 *
 * <p>Lives here: Containers and what it is made of. May import: agent.core, base, model, api.
 */
@NullMarked
package org.mesolith.agent.container;

import org.jspecify.annotations.NullMarked;
