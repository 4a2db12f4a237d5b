package org.mesolith.sim;

import java.nio.charset.StandardCharsets;
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

    /** The call that subscribes one of this kind. */
    SchedulerCall.Subscribe subscription(@Nullable FrameworkId id, String host, List<String> suppressed) {
        var raw = capabilities.contains(FrameworkCapability.TASK_KILLING_STATE) ? SimTaskReader.KILLING_STATE : name;
        var info = new FrameworkInfo(
                id,
                "user",
                name,
                roles,
                capabilities,
                failoverTimeout,
                true,
                null,
                host,
                new Opaque("mesos.v1.FrameworkInfo", raw.getBytes(StandardCharsets.UTF_8)));
        return new SchedulerCall.Subscribe(info, suppressed, Opaque.empty("mesos.v1.scheduler.OfferConstraints"));
    }
}
