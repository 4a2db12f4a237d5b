/**
 * The live screen of what the cluster's resources are used for.
 *
 * <p>Lives here: Top, View, Row, Reading, AgentUse, Screen, Terminal. May import: client, console, render, the command
 * package, picocli.
 */
@NullMarked
package org.mesolith.cli.command.top;

import org.jspecify.annotations.NullMarked;
