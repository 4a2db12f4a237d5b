/**
 * What every command stands on: where it writes, how it fails, and with which status it ends.
 *
 * <p>Lives here: Console, ExitCode, Failure, Similar. May import: picocli.
 */
@NullMarked
package org.mesolith.cli.console;

import org.jspecify.annotations.NullMarked;
