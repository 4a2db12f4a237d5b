package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resources of one agent shown to one framework for one role.
 *
 * @param resources allocated to the role
 * @param executors of the framework that run on the agent
 */
public record Offer(
        OfferId id,
        FrameworkId framework,
        AgentId agent,
        String role,
        Resources resources,
        String hostname,
        int port,
        List<Attribute> attributes,
        @Nullable FaultDomain domain,
        List<ExecutorId> executors) {
    public Offer {
        attributes = List.copyOf(attributes);
        executors = List.copyOf(executors);
    }
}
