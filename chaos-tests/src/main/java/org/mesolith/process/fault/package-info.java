/**
 * Means to break what a process stands on: its disk, its clock, its share of the machine, its software. All of it is
 * done to processes of one run and to files below its directory only, and what outlives the controller is written down
 * before it is done, so that anybody can undo it.
 *
 * <p>Lives here: LoopDisk, Preload, Cgroup, StoredFile, SwitchedInstallation, UndoList, Tool. May import: process.
 */
@NullMarked
package org.mesolith.process.fault;

import org.jspecify.annotations.NullMarked;
