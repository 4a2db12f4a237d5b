package org.mesolith.leader.task;

import org.mesolith.model.FrameworkId;
import org.mesolith.state.Registry;

/** Which frameworks have ended, so that what still runs for them may be ended too. */
final class EndedFrameworks {
    private EndedFrameworks() {}

    /**
     * False for one that the cluster knows, and for one that may be younger than the backup that it was restored from:
     * nobody ended that one, so nobody ends its tasks.
     */
    static boolean contains(Registry registry, FrameworkId framework) {
        if (registry.framework(framework) != null) {
            return false;
        }
        var cluster = registry.cluster();
        return cluster.epoch() <= 1
                || registry.completedFramework(framework) != null
                || framework.value().startsWith(cluster.idPrefix() + "-F");
    }
}
