package org.mesolith.allocator;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Resources;

/** All refusals of one moment. Immutable; any thread. */
public final class FilterPicture {
    /** Nobody refuses anything. */
    public static final FilterPicture NONE = new FilterPicture(new TreeMap<>());

    private final SortedMap<FrameworkId, SortedMap<String, Refusals.Kept>> kept;

    /** The maps must not change any more. */
    FilterPicture(SortedMap<FrameworkId, SortedMap<String, Refusals.Kept>> kept) {
        this.kept = kept;
    }

    /** What the framework does not want for the role, by agent; not to be changed. */
    public SortedMap<AgentId, List<Resources>> refused(FrameworkId framework, String role) {
        var found = find(framework, role);
        return found == null ? new TreeMap<>() : found.byAgent();
    }

    /** When these refusals end, in the order of {@link #refused}. They live through the next periodic round anyway. */
    public List<Instant> ends(FrameworkId framework, String role, AgentId agent) {
        var found = find(framework, role);
        return found == null ? List.of() : found.ends().apply(agent);
    }

    private Refusals.@Nullable Kept find(FrameworkId framework, String role) {
        var byRole = kept.get(framework);
        return byRole == null ? null : byRole.get(role);
    }
}
