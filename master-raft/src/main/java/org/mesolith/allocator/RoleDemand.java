package org.mesolith.allocator;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quantities;
import org.mesolith.model.Resources;

/**
 * One framework in one role.
 *
 * @param state whether it wants offers for the role
 * @param held scalars offered or allocated to it for the role, on registered agents, without shared volumes
 * @param heldShared shared volumes offered or allocated to it for the role, by agent
 * @param minAllocatable the framework's own minimum for the role, null for the cluster's; empty for none
 * @param refused what it does not want to see now, by agent: an offer contained in one of these is not made
 */
public record RoleDemand(
        State state,
        Quantities held,
        SortedMap<AgentId, Resources> heldShared,
        @Nullable List<Quantities> minAllocatable,
        SortedMap<AgentId, List<Resources>> refused) {
    /** One that holds no shared volumes. */
    public RoleDemand(
            State state,
            Quantities held,
            @Nullable List<Quantities> minAllocatable,
            SortedMap<AgentId, List<Resources>> refused) {
        this(state, held, new TreeMap<>(), minAllocatable, refused);
    }

    /** Whether offers are wanted. */
    public enum State {
        /** It wants offers. */
        WANTED,
        /** The framework asked for none for this role. */
        SUPPRESSED,
        /** The framework left the role and still holds something for it. */
        LEFT
    }
}
