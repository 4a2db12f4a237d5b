package org.mesolith.leader;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.MasterInfo;
import org.mesolith.leader.offer.Sharing;
import org.mesolith.leader.operator.Housekeeping.Pruning;
import org.mesolith.model.Acls;
import org.mesolith.model.Quantities;

/**
 * Settings of a leader by name: many have one type, and places are mixed up easily. What is not set is Mesos' default.
 * One thread.
 */
public final class LeaderSettingsBuilder {
    private MasterInfo self;
    private Duration allocationInterval = Duration.ofSeconds(1);
    private @Nullable Duration offerTimeout;
    private List<Quantities> minAllocatable = List.of(Quantities.of("cpus", 10), Quantities.of("mem", 32_000));
    private @Nullable List<String> roles;
    private Duration agentTimeout = Duration.ofSeconds(75);
    private Duration agentReregisterTimeout = Duration.ofMinutes(10);
    private Duration agentRemovalInterval = Duration.ZERO;
    private Duration frameworkReregisterTimeout = Duration.ofMinutes(10);
    private Duration linkHeartbeat = Duration.ofSeconds(1);
    private Duration streamHeartbeat = Duration.ofSeconds(15);
    private List<String> fairnessExclude = List.of();
    private boolean filterGpus = true;
    private boolean rootSubmissions = true;
    private int watchersMax = 1_000;
    private Pruning pruning = Pruning.DEFAULT;
    private Acls acls = Acls.OPEN;
    private Sharing sharing = Sharing.DEFAULT;

    /** With the defaults. */
    public LeaderSettingsBuilder(MasterInfo self) {
        this.self = self;
    }

    LeaderSettingsBuilder(LeaderSettings from) {
        this.self = from.self();
        this.allocationInterval = from.allocationInterval();
        this.offerTimeout = from.offerTimeout();
        this.minAllocatable = from.minAllocatable();
        this.roles = from.roles();
        this.agentTimeout = from.agentTimeout();
        this.agentReregisterTimeout = from.agentReregisterTimeout();
        this.agentRemovalInterval = from.agentRemovalInterval();
        this.frameworkReregisterTimeout = from.frameworkReregisterTimeout();
        this.linkHeartbeat = from.linkHeartbeat();
        this.streamHeartbeat = from.streamHeartbeat();
        this.fairnessExclude = from.fairnessExclude();
        this.filterGpus = from.filterGpus();
        this.rootSubmissions = from.rootSubmissions();
        this.watchersMax = from.watchersMax();
        this.pruning = from.pruning();
        this.acls = from.acls();
        this.sharing = from.sharing();
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException with every complaint at once
     */
    public LeaderSettings build() {
        return new LeaderSettings(
                self,
                allocationInterval,
                offerTimeout,
                minAllocatable,
                roles,
                agentTimeout,
                agentReregisterTimeout,
                agentRemovalInterval,
                frameworkReregisterTimeout,
                linkHeartbeat,
                streamHeartbeat,
                fairnessExclude,
                filterGpus,
                rootSubmissions,
                watchersMax,
                pruning,
                acls,
                sharing);
    }

    /** This master as frameworks are told of it; the id is replaced by one that names cluster, member and term. */
    public LeaderSettingsBuilder self(MasterInfo value) {
        self = value;
        return this;
    }

    /** Time between allocation rounds (allocation_interval). */
    public LeaderSettingsBuilder allocationInterval(Duration value) {
        allocationInterval = value;
        return this;
    }

    /** After which an unanswered offer is taken back, null for never (offer_timeout). */
    public LeaderSettingsBuilder offerTimeout(@Nullable Duration value) {
        offerTimeout = value;
        return this;
    }

    /** An offer holds at least one of these; empty for no minimum (min_allocatable_resources). */
    public LeaderSettingsBuilder minAllocatable(List<Quantities> value) {
        minAllocatable = value;
        return this;
    }

    /** The only roles that may be used besides "*"; null for any (roles). */
    public LeaderSettingsBuilder roles(@Nullable List<String> value) {
        roles = value;
        return this;
    }

    /** Silence after which an agent is unreachable (agent_ping_timeout x max_agent_ping_timeouts). */
    public LeaderSettingsBuilder agentTimeout(Duration value) {
        agentTimeout = value;
        return this;
    }

    /** For agents without a link, and for those not heard since the leader changed. */
    public LeaderSettingsBuilder agentReregisterTimeout(Duration value) {
        agentReregisterTimeout = value;
        return this;
    }

    /** At most one agent becomes unreachable in this time; zero for no limit (agent_removal_rate_limit). */
    public LeaderSettingsBuilder agentRemovalInterval(Duration value) {
        agentRemovalInterval = value;
        return this;
    }

    /** Grace for frameworks after the leader changed. */
    public LeaderSettingsBuilder frameworkReregisterTimeout(Duration value) {
        frameworkReregisterTimeout = value;
        return this;
    }

    /** Between heartbeats to an agent while there are few. */
    public LeaderSettingsBuilder linkHeartbeat(Duration value) {
        linkHeartbeat = value;
        return this;
    }

    /** Between heartbeats on a framework's stream. */
    public LeaderSettingsBuilder streamHeartbeat(Duration value) {
        streamHeartbeat = value;
        return this;
    }

    /** Names of resources that do not enter shares (fair_sharing_excluded_resource_names). */
    public LeaderSettingsBuilder fairnessExclude(List<String> value) {
        fairnessExclude = value;
        return this;
    }

    /** Whether agents with gpus go only to frameworks that can use them (filter_gpu_resources). */
    public LeaderSettingsBuilder filterGpus(boolean value) {
        filterGpus = value;
        return this;
    }

    /** Whether frameworks may run as user root (root_submissions). */
    public LeaderSettingsBuilder rootSubmissions(boolean value) {
        rootSubmissions = value;
        return this;
    }

    /** Operators that are told what happens at a time (max_operator_event_stream_subscribers). */
    public LeaderSettingsBuilder watchersMax(int value) {
        watchersMax = value;
        return this;
    }

    /** When agents that are long unreachable or gone are forgotten. */
    public LeaderSettingsBuilder pruning(Pruning value) {
        pruning = value;
        return this;
    }

    /** Who may do what (acls). */
    public LeaderSettingsBuilder acls(Acls value) {
        acls = value;
        return this;
    }

    /** Strict_limits, whitelist, allocator_agent_recovery_factor, allocator_recovery_timeout. */
    public LeaderSettingsBuilder sharing(Sharing value) {
        sharing = value;
        return this;
    }
}
