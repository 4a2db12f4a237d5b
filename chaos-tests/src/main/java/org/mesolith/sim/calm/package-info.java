/**
 * A cluster in which nothing takes time and nothing goes wrong by itself: the real leader, state and HTTP doors, with
 * every call as bytes; agents and frameworks do what they are told. For scenarios, where each step runs to its end
 * before the next one begins.
 *
 * <p>Lives here: CalmCluster, CalmQueue, CalmLog, CalmDoors, CalmAgent, LinkFrames. May import: leader, leader.*, http,
 * wire,
 * codec, state, log, api, model, base.
 */
@NullMarked
package org.mesolith.sim.calm;

import org.jspecify.annotations.NullMarked;
