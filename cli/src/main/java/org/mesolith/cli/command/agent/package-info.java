/**
 * Commands about agents.
 *
 * <p>Lives here: AgentLs, AgentShow, orders to agents. May import: client, render, the root of this module, picocli.
 */
@NullMarked
package org.mesolith.cli.command.agent;

import org.jspecify.annotations.NullMarked;
