package org.mesolith.sim;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.FrameworkInfo;
import org.mesolith.model.Opaque;

/**
 * What kind of scheduler.
 *
 * @param ownId the id that it brings; null to be given one
 * @param tasksMax how many tasks it wants to run in all
 */
record SchedulerPlan(
        String name,
        @Nullable FrameworkId ownId,
        List<String> roles,
        List<FrameworkCapability> capabilities,
        Duration failoverTimeout,
        int tasksMax) {

    /** What a scheduler of today can do. */
    static final List<FrameworkCapability> MODERN = List.of(
            FrameworkCapability.PARTITION_AWARE,
            FrameworkCapability.TASK_KILLING_STATE,
            FrameworkCapability.MULTI_ROLE,
            FrameworkCapability.RESERVATION_REFINEMENT,
            FrameworkCapability.SHARED_RESOURCES,
            FrameworkCapability.GPU_RESOURCES);

    private static final Opaque CONSTRAINTS = Opaque.empty("mesos.v1.scheduler.OfferConstraints");

    boolean has(FrameworkCapability capability) {
        return capabilities.contains(capability);
    }

    /**
     * How it subscribes.
     *
     * @param id null the first time
     */
    SchedulerCall.Subscribe subscription(@Nullable FrameworkId id, String host, boolean suppressed) {
        var quiet = suppressed ? roles : List.<String>of();
        return new SchedulerCall.Subscribe(info(id, host), quiet, CONSTRAINTS);
    }

    /** How it changes what it said of itself. */
    SchedulerCall.UpdateFramework update(FrameworkId id, String host) {
        return new SchedulerCall.UpdateFramework(info(id, host), List.of(), CONSTRAINTS);
    }

    /** The same with these roles. */
    SchedulerPlan withRoles(List<String> others) {
        return new SchedulerPlan(name, ownId, others, capabilities, failoverTimeout, tasksMax);
    }

    private FrameworkInfo info(@Nullable FrameworkId id, String host) {
        return new FrameworkInfo(
                id,
                "user",
                name,
                roles,
                capabilities,
                failoverTimeout,
                true,
                null,
                host,
                Opaque.empty("mesos.v1.FrameworkInfo"));
    }
}
