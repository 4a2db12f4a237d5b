/**
 * What can be done to a real cluster: each fault is a class that says whom it can hit, what it takes away from the
 * cluster while it lasts, why this machine or this run cannot do it, how it begins and how it is healed.
 *
 * <p>Lives here: Fault, Aim, Victims, Hurt, Site, Wound, Faults, and every fault. May import: process, check.
 */
@NullMarked
package org.mesolith.cli.chaos.fault;

import org.jspecify.annotations.NullMarked;
