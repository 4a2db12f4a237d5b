/**
 * What can be done to a real cluster: each fault is a class that says whom it can hit, what it takes away from the
 * cluster while it lasts, why this machine or this run cannot do it, how it begins and how it is healed.
 *
 * <p>Lives here: Fault, Framework, Aim, Victims, Hurt, Site, Ground, Operator, Wound, Faults, and harm to processes.
 * May import: process, process.fault, check.
 */
@NullMarked
package org.mesolith.cli.chaos.fault;

import org.jspecify.annotations.NullMarked;
