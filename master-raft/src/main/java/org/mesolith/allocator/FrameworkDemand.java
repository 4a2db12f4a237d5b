package org.mesolith.allocator;

import java.util.List;
import java.util.SortedMap;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;

/**
 * One framework: what it can use and what it wants.
 *
 * @param active connected, so that it can be offered something
 * @param roles by name; with those it left while it holds something for them
 * @param constraints which agents it wants
 */
public record FrameworkDemand(
        FrameworkId id,
        boolean active,
        List<FrameworkCapability> capabilities,
        SortedMap<String, RoleDemand> roles,
        ConstraintFilter constraints) {
    /** One that wants any agent. */
    public FrameworkDemand(
            FrameworkId id,
            boolean active,
            List<FrameworkCapability> capabilities,
            SortedMap<String, RoleDemand> roles) {
        this(id, active, capabilities, roles, ConstraintFilter.NONE);
    }

    boolean has(FrameworkCapability capability) {
        return capabilities.contains(capability);
    }

    /** Whether it can be offered something for the role now. */
    boolean wants(String role) {
        var demand = roles.get(role);
        return active && demand != null && demand.state() == RoleDemand.State.WANTED;
    }
}
