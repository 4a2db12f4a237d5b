package org.mesolith.allocator;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Verdict.Answer;
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

    /** Why it cannot be offered anything for the role now, whatever there is; null if it can. */
    public @Nullable Answer unwilling(String role) {
        if (!active) {
            return Answer.FRAMEWORK_NOT_CONNECTED;
        }
        var demand = roles.get(role);
        return demand == null
                ? Answer.ROLE_NOT_SUBSCRIBED
                : switch (demand.state()) {
                    case LEFT -> Answer.ROLE_NOT_SUBSCRIBED;
                    case SUPPRESSED -> Answer.ROLE_SUPPRESSED;
                    case WANTED -> null;
                };
    }
}
