package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resources of one agent shown to one framework for one role.
 *
 * @param resources allocated to the role
 * @param ip of the agent, empty when nobody knows it
 * @param executors of the framework that run on the agent
 * @param unavailability when the agent will be taken down, null for never
 */
public record Offer(
        OfferId id,
        FrameworkId framework,
        AgentId agent,
        String role,
        Resources resources,
        String hostname,
        String ip,
        int port,
        List<Attribute> attributes,
        @Nullable FaultDomain domain,
        List<ExecutorId> executors,
        @Nullable Unavailability unavailability) {
    public Offer {
        attributes = List.copyOf(attributes);
        executors = List.copyOf(executors);
    }

    /** Of an agent that nobody will take down. */
    public Offer(
            OfferId id,
            FrameworkId framework,
            AgentId agent,
            String role,
            Resources resources,
            String hostname,
            String ip,
            int port,
            List<Attribute> attributes,
            @Nullable FaultDomain domain,
            List<ExecutorId> executors) {
        this(id, framework, agent, role, resources, hostname, ip, port, attributes, domain, executors, null);
    }
}
