package org.mesolith.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself when it joins.
 *
 * @param hostname name under which frameworks and browsers reach the agent
 * @param port TCP port of the agent's HTTP door
 * @param resources everything the agent offers to the cluster, static reservations included; no allocation is set
 * @param attributes in the order given; names may repeat
 * @param version of the agent's software, as {@code 1.11.0}
 */
public record AgentInfo(
        String hostname,
        int port,
        Resources resources,
        List<Attribute> attributes,
        @Nullable FaultDomain domain,
        List<AgentCapability> capabilities,
        String version) {
    public AgentInfo {
        attributes = List.copyOf(attributes);
        capabilities = List.copyOf(capabilities);
    }

    /** The same with these resources. */
    public AgentInfo withResources(Resources changed) {
        return new AgentInfo(hostname, port, changed, attributes, domain, capabilities, version);
    }
}
