/**
 * How tasks are executed: the built-in command executor is the agent itself and a shell supervisor for each task, and
 * executors of frameworks run under such a supervisor, too; this package reads what is to be executed.
 *
 * <p>Lives here: CommandReader. May import: agent.core, base, model, api, codec.
 */
@NullMarked
package org.mesolith.agent.executor;

import org.jspecify.annotations.NullMarked;
