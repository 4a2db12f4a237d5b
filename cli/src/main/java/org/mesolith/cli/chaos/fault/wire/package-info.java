/**
 * Harm to connections: partitions of every shape, slow, narrow, broken and half-open ones.
 *
 * <p>Lives here: WireFaults, WireFault, BrokenConnections, Links. May import: cli.chaos.fault, process.
 */
@NullMarked
package org.mesolith.cli.chaos.fault.wire;

import org.jspecify.annotations.NullMarked;
