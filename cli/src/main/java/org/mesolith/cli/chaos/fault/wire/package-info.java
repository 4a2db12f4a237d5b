/**
 * Harm to connections: partitions of every shape, slow, narrow, broken and half-open ones, lost packets.
 *
 * <p>Lives here: WireFaults, WireFault, PacketFault, BrokenConnections, Links. May import: cli.chaos.fault, process,
 * process.fault.
 */
@NullMarked
package org.mesolith.cli.chaos.fault.wire;

import org.jspecify.annotations.NullMarked;
