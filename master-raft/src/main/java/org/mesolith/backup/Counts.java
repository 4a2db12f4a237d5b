package org.mesolith.backup;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mesolith.state.Registry;

/** How many of what a registry holds, for people who look into a backup. */
final class Counts {
    private Counts() {}

    static SortedMap<String, Long> of(Registry registry) {
        var counts = new TreeMap<String, Long>();
        var roles = new TreeSet<String>();
        long reserved = 0;
        for (var agent : registry.agents()) {
            var held = agent.reserved();
            reserved += held.size();
            roles.addAll(held.byReservedRole().keySet());
        }
        long tasks = 0;
        long completed = 0;
        for (var framework : registry.frameworks()) {
            tasks += registry.taskCount(framework.id());
            completed += registry.completedTaskCount(framework.id());
            roles.addAll(framework.info().roles());
        }
        for (var framework : registry.completedFrameworks()) {
            completed += registry.completedTaskCount(framework.framework().id());
        }
        long quotas = 0;
        for (var quota : registry.quotas()) {
            quotas++;
            roles.add(quota.role());
        }
        long weights = 0;
        for (var weight : registry.weights()) {
            weights++;
            roles.add(weight.role());
        }
        counts.put("agents", (long) registry.agentCount());
        counts.put("frameworks", (long) registry.frameworkCount());
        counts.put("completed_frameworks", (long) registry.completedFrameworkCount());
        counts.put("tasks", tasks);
        counts.put("completed_tasks", completed);
        counts.put("roles", (long) roles.size());
        counts.put("quotas", quotas);
        counts.put("weights", weights);
        counts.put("reservations", reserved);
        return counts;
    }
}
