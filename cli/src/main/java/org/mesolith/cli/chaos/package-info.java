/**
 * A real cluster that is broken on purpose while it works: who strikes when, the load, and what is looked at in the
 * end. All of it is written into a history; nothing here judges.
 *
 * <p>Lives here: Controller, Profile, Schedule, Striker, Aiming, the loads, the watches, FinalLook, FrameworkMain,
 * OperatorMain and what joins them to the controller. May import: fault, client, scheduler, console, render, process,
 * check.
 */
@NullMarked
package org.mesolith.cli.chaos;

import org.jspecify.annotations.NullMarked;
