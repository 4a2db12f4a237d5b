package org.mesolith.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.TaskId;
import org.mesolith.model.Weight;

/** What an operator can ask a master for (mesos.v1.master.Call, and our own additions). */
public sealed interface OperatorCall {
    /** Reads: answered from a view. */
    enum Read implements OperatorCall {
        GET_HEALTH,
        GET_FLAGS,
        GET_VERSION,
        GET_MASTER,
        GET_AGENTS,
        GET_FRAMEWORKS,
        GET_TASKS,
        GET_STATE,
        GET_ROLES,
        GET_WEIGHTS
    }

    /** Every metric; those slower than the timeout are left out. */
    record GetMetrics(@Nullable Duration timeout) implements OperatorCall {}

    /** Sets the weights of these roles, all or none. */
    record UpdateWeights(List<Weight> weights) implements OperatorCall {
        public UpdateWeights {
            weights = List.copyOf(weights);
        }
    }

    /** Our addition: ends a task in the operator's name. */
    record KillTask(
            FrameworkId framework, TaskId task, @Nullable Duration grace) implements OperatorCall {}

    /** A call of the table that this version does not perform yet; answered clearly, never silently. */
    record NotSupported(String type) implements OperatorCall {}

    /** The type UNKNOWN, sent explicitly: 501. */
    record Unknown() implements OperatorCall {}
}
