/**
 * A whole cluster in one thread on a virtual clock, from one seed.
 *
 * <p>Lives here: World, StoryWorld, and what they are made of: SimClock, SimGroup (the replicated log), SimMaster,
 * SimDoor, SimAgent, SimFramework, SimOperator, Invariants. May import: sim.calm, sim.plan, leader, leader.*,
 * allocator, view, state, statecodec, log, codec, http, wire, agent.core, api, model, base.
 *
 * <p>Everything decides through the product's own code: the masters' state machine and leader, the agents' core. Only
 * clock, consensus, network and processes are replaced.
 */
@NullMarked
package org.mesolith.sim;

import org.jspecify.annotations.NullMarked;
