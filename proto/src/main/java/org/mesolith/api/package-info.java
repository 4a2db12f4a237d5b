/**
 * Calls and events of our interfaces as sealed families of records; bytes stay in the codec.
 *
 * <p>Lives here: SchedulerCall, SchedulerEvent, ExecutorCall, ExecutorEvent, OperatorCall, OperatorReply, LinkMessage
 * and what they are made of. May import: model, base.
 */
@NullMarked
package org.mesolith.api;

import org.jspecify.annotations.NullMarked;
