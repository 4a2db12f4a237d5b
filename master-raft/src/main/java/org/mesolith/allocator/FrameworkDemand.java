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
 */
public record FrameworkDemand(
        FrameworkId id, boolean active, List<FrameworkCapability> capabilities, SortedMap<String, RoleDemand> roles) {
    boolean has(FrameworkCapability capability) {
        return capabilities.contains(capability);
    }
}
