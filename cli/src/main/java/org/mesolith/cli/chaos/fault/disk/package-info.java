/**
 * Harm to what a process stands on: its disk, its clock, its share of the machine.
 *
 * <p>Lives here: DiskFaults and its faults. May import: cli.chaos.fault, process, process.fault.
 */
@NullMarked
package org.mesolith.cli.chaos.fault.disk;

import org.jspecify.annotations.NullMarked;
