package org.mesolith.api;

import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OperationId;
import org.mesolith.model.Uuid;

/**
 * An operation as it is shown: it is finished, and its framework has not said that it knows.
 *
 * @param type its name in the v1 interface
 * @param status names the status that waits for its acknowledgement
 */
public record OperationView(FrameworkId framework, OperationId id, AgentId agent, String type, Uuid status) {}
