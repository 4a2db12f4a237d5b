package org.mesolith.state.row;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.model.OperationState;
import org.mesolith.model.OperationStatus;
import org.mesolith.model.Position;
import org.mesolith.model.Uuid;

/**
 * An operation that a framework gave an id, until the framework says that it knows its end.
 *
 * @param type its name in the v1 interface
 * @param status names the status that waits for its acknowledgement
 * @param at where it was performed
 */
public record OperationRow(
        FrameworkId framework,
        OperationId id,
        AgentId agent,
        String type,
        OperationState state,
        Uuid status,
        Position at) {
    /** As the framework is told it. */
    public OperationStatus told() {
        return new OperationStatus(id, state, "", status, agent);
    }
}
