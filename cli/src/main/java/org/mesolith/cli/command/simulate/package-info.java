/**
 * {@code meso simulate}: scenarios played on this machine, without any cluster.
 *
 * <p>Lives here: Simulate. May import: scenario, cli.console, picocli.
 */
@NullMarked
package org.mesolith.cli.command.simulate;

import org.jspecify.annotations.NullMarked;
