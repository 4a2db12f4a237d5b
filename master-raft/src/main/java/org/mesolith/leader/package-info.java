/**
 * The leader: everything that one leadership knows and decides, on one event queue.
 *
 * <p>Lives here: Leaders (the present leadership), Leadership (one term), EffectRunner, and the ports that the doors
 * use (LeaderCalls, AgentCalls) or implement (FrameworkStreams, OperatorStreams, AgentLinks). May import: leader.*,
 * allocator, log, state, view, metrics, model, api, base.
 */
@NullMarked
package org.mesolith.leader;

import org.jspecify.annotations.NullMarked;
