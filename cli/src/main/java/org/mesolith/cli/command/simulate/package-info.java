/**
 * {@code meso simulate}: scenarios, and clusters in trouble, played on this machine without any cluster.
 *
 * <p>Lives here: Simulate, RandomWorlds. May import: scenario, sim, sim.plan, sim.campaign, cli.console, picocli.
 */
@NullMarked
package org.mesolith.cli.command.simulate;

import org.jspecify.annotations.NullMarked;
