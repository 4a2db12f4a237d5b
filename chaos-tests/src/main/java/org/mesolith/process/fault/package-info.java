/**
 * Means to break what a process stands on: its disk, its clock, its share of the machine, its packets, its software.
 * All of it is done to processes of one run, to files below its directory and in a network of its own only, and what
 * outlives the processes of a run is written down before it is done, so that anybody can undo it.
 *
 * <p>Lives here: LoopDisk, Preload, Cgroup, OwnNetwork, Packets, StoredFile, SwitchedInstallation, UndoList, Tool. May
 * import: process.
 */
@NullMarked
package org.mesolith.process.fault;

import org.jspecify.annotations.NullMarked;
