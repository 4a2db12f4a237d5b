package org.mesolith.scenario.pool;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.allocator.ConstraintFilter;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Quantities;

/** One framework as the allocator is told of it. */
final class Wisher {
    final FrameworkId id;
    final SortedSet<String> roles = new TreeSet<>();
    final SortedSet<String> suppressed = new TreeSet<>();
    final SortedMap<String, List<Quantities>> minAllocatable = new TreeMap<>();
    List<FrameworkCapability> capabilities = List.of();
    ConstraintFilter constraints = ConstraintFilter.NONE;
    boolean active = true;

    Wisher(FrameworkId id) {
        this.id = id;
    }

    String name() {
        return id.value();
    }
}
