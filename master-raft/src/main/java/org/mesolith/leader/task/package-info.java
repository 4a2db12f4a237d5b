/**
 * Tasks and executors between agents and frameworks: updates, acknowledgements, kills, messages, questions, ends, and
 * agents that come back.
 *
 * <p>Lives here: TaskUpdates, TaskAcks, TaskKills, TaskAnswers, Questions, TaskReturns, ForgottenEnds, TaskNotices,
 * TaskCounts, ExecutorCalls, ExecutorEnds. May import: leader.event, model, api, state, base.
 */
@NullMarked
package org.mesolith.leader.task;

import org.jspecify.annotations.NullMarked;
