/**
 * Commands that keep processes running.
 *
 * <p>Lives here: Supervise. May import: the command package, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.process;

import org.jspecify.annotations.NullMarked;
