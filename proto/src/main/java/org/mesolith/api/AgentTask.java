package org.mesolith.api;

import org.jspecify.annotations.Nullable;
import org.mesolith.model.Position;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/**
 * A task as its agent knows it: live ones and those whose terminal update is not yet acknowledged.
 *
 * @param launchedAt place of the accepted launch in the log: together with the key it names one run for ever
 * @param state latest state
 * @param head uuid of the first update not yet acknowledged, null when all are
 * @param endsNext that update is the task's end: none older is still to come
 */
public record AgentTask(
        TaskKey key,
        Position launchedAt,
        TaskState state,
        @Nullable Uuid head,
        boolean endsNext) {
    /** One of which it is not known that its end comes next. */
    public AgentTask(TaskKey key, Position launchedAt, TaskState state, @Nullable Uuid head) {
        this(key, launchedAt, state, head, false);
    }
}
