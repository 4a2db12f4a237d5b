/**
 * The agent without IO: events in, effects out, one object, one thread.
 *
 * <pre>
 *   link, containers, checkpoints --AgentEvent--> AgentCore --AgentEffect--> link, containers, checkpoints
 *                                                 Identity    who we are, whose orders count
 *                                                 LinkSession join, heartbeats, silence
 *                                                 Tasks       every run: TaskLifecycle + StatusStream
 * </pre>
 *
 * <p>Lives here: AgentCore, its events and effects, what is checkpointed as values. May import: base, model, api.
 */
@NullMarked
package org.mesolith.agent.core;

import org.jspecify.annotations.NullMarked;
