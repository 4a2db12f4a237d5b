/**
 * The one command {@code meso}: finds the asked command, runs it, turns its end into an exit code.
 *
 * <p>Lives here: CliMain, Catalog, Completion, Manual, Trouble, TrainingMain. May import: everything of
 * this module, picocli.
 * Only the class of the asked command is loaded: an operator waits for every class.
 */
@NullMarked
package org.mesolith.cli;

import org.jspecify.annotations.NullMarked;
