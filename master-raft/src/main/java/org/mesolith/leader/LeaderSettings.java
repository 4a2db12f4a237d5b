package org.mesolith.leader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.offer.Sharing;
import org.mesolith.leader.operator.Housekeeping.Pruning;
import org.mesolith.model.Acls;
import org.mesolith.model.Quantities;

/**
 * How a leader behaves; made by {@link LeaderSettingsBuilder}, which names what it sets, and by nobody else; the names
 * of Mesos' flags are given where there is one.
 *
 * @param self this master as frameworks are told of it; the id is replaced by one that names cluster, member and term
 * @param allocationInterval time between allocation rounds (allocation_interval)
 * @param offerTimeout after which an unanswered offer is taken back, null for never (offer_timeout)
 * @param minAllocatable an offer holds at least one of these; empty for no minimum (min_allocatable_resources)
 * @param roles the only roles that may be used besides "*"; null for any (roles)
 * @param agentTimeout silence after which an agent is unreachable (agent_ping_timeout x max_agent_ping_timeouts)
 * @param agentReregisterTimeout for agents without a link, and for those not heard since the leader changed
 * @param agentRemovalInterval at most one agent becomes unreachable in this time; zero for no limit
 *     (agent_removal_rate_limit)
 * @param frameworkReregisterTimeout grace for frameworks after the leader changed
 * @param linkHeartbeat between heartbeats to an agent while there are few
 * @param streamHeartbeat between heartbeats on a framework's stream
 * @param fairnessExclude names of resources that do not enter shares (fair_sharing_excluded_resource_names)
 * @param filterGpus whether agents with gpus go only to frameworks that can use them (filter_gpu_resources)
 * @param acls who may do what (acls)
 * @param sharing strict_limits, whitelist, allocator_agent_recovery_factor, allocator_recovery_timeout
 * @param rootSubmissions whether frameworks may run as user root (root_submissions)
 * @param watchersMax operators that are told what happens at a time; one more ends the oldest one's stream
 *     (max_operator_event_stream_subscribers)
 * @param pruning when agents that are long unreachable or gone are forgotten
 */
public record LeaderSettings(
        MasterInfo self,
        Duration allocationInterval,
        @Nullable Duration offerTimeout,
        List<Quantities> minAllocatable,
        @Nullable List<String> roles,
        Duration agentTimeout,
        Duration agentReregisterTimeout,
        Duration agentRemovalInterval,
        Duration frameworkReregisterTimeout,
        Duration linkHeartbeat,
        Duration streamHeartbeat,
        List<String> fairnessExclude,
        boolean filterGpus,
        boolean rootSubmissions,
        int watchersMax,
        Pruning pruning,
        Acls acls,
        Sharing sharing) {
    /** What the same setting allows at most: each event is handed to every one of them on the leader's thread. */
    private static final int WATCHERS_MAX = 10_000;

    /** The same, with what the change sets. */
    public LeaderSettings with(UnaryOperator<LeaderSettingsBuilder> change) {
        return change.apply(new LeaderSettingsBuilder(this)).build();
    }

    /** The same with these rules on who may do what. */
    public LeaderSettings withAcls(Acls changed) {
        return with(settings -> settings.acls(changed));
    }

    /** The same with these switches. */
    public LeaderSettings withSharing(Sharing changed) {
        return with(settings -> settings.sharing(changed));
    }

    /** The same, waiting for this part of the agents after a change of the leader while there is quota. */
    public LeaderSettings withRecoveryFactor(double factor) {
        return withSharing(sharing.withRecoveryFactor(factor));
    }

    /**
     * @throws IllegalArgumentException with every complaint at once
     */
    public LeaderSettings {
        minAllocatable = List.copyOf(minAllocatable);
        roles = roles == null ? null : List.copyOf(roles);
        fairnessExclude = List.copyOf(fairnessExclude);
        var complaints = new ArrayList<String>();
        positive("allocation_interval", allocationInterval, complaints);
        positive("offer_timeout", offerTimeout, complaints);
        positive("agent_timeout", agentTimeout, complaints);
        positive("agent_reregister_timeout", agentReregisterTimeout, complaints);
        positive("framework_reregister_timeout", frameworkReregisterTimeout, complaints);
        positive("link_heartbeat", linkHeartbeat, complaints);
        positive("stream_heartbeat", streamHeartbeat, complaints);
        if (watchersMax < 1 || watchersMax > WATCHERS_MAX) {
            complaints.add("max_operator_event_stream_subscribers is " + watchersMax + "; give 1 to " + WATCHERS_MAX);
        }
        if (agentRemovalInterval.isNegative()) {
            complaints.add("agent_removal_rate_limit is negative: " + agentRemovalInterval);
        }
        if (agentTimeout.compareTo(linkHeartbeat.multipliedBy(3)) < 0) {
            complaints.add("agent_timeout " + agentTimeout + " is below 3 x link_heartbeat " + linkHeartbeat
                    + ": agents would flap");
        }
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", complaints));
        }
    }

    private static void positive(String name, @Nullable Duration value, List<String> complaints) {
        if (value != null && (value.isZero() || value.isNegative())) {
            complaints.add(name + " is " + value + "; it must be above zero");
        }
    }

    /** Mesos' defaults. */
    public static LeaderSettings defaults(MasterInfo self) {
        return new LeaderSettingsBuilder(self).build();
    }
}
