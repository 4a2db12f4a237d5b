/**
 * What a simulation is to go through and what it went through, as values: chance, faults, coverage, settings.
 *
 * <p>Lives here: Dice, FaultKind, Moment, Fault, FaultPlan, Cut, Phase, Coverage, Deeds, WorldSettings, WorldReport.
 * May import: model, base. Nothing here knows how a cluster is simulated.
 */
@NullMarked
package org.mesolith.sim.plan;

import org.jspecify.annotations.NullMarked;
