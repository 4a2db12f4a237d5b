package org.mesolith.leader.offer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where Mesos and we differ in sharing, as switches.
 *
 * @param strictLimits the limits of a top-level role bind the roles below it, too; Mesos only charges them to it
 * @param whitelist host names of the only agents that are offered; null for all
 * @param recoveryFactor with any quota, rounds of a new leader wait until this part (0 to 1) of the agents is back
 * @param recoveryTimeout after which they wait no longer
 */
public record Sharing(
        boolean strictLimits, @Nullable SortedSet<String> whitelist, double recoveryFactor, Duration recoveryTimeout) {
    /** No switch is set: a new leader knows every allocation and waits for nobody. */
    public static final Sharing DEFAULT = new Sharing(false, null, 0, Duration.ofMinutes(10));

    /** @throws IllegalArgumentException with every complaint at once */
    public Sharing {
        whitelist = whitelist == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(whitelist));
        var complaints = new ArrayList<String>();
        if (!(recoveryFactor >= 0 && recoveryFactor <= 1)) {
            complaints.add("allocator_agent_recovery_factor is " + recoveryFactor + "; it must be 0 to 1");
        }
        if (recoveryTimeout.isZero() || recoveryTimeout.isNegative()) {
            complaints.add("allocator_recovery_timeout is " + recoveryTimeout + "; it must be above zero");
        }
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", complaints));
        }
    }

    /** The same with these host names as the only ones whose agents are offered. */
    public Sharing withWhitelist(SortedSet<String> hosts) {
        return new Sharing(strictLimits, hosts, recoveryFactor, recoveryTimeout);
    }

    /** The same with another part of the agents to wait for. */
    public Sharing withRecoveryFactor(double factor) {
        return new Sharing(strictLimits, whitelist, factor, recoveryTimeout);
    }
}
