package org.mesolith.allocator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Quantities;

/**
 * What the cluster's operator has decided for every round.
 *
 * @param minAllocatable an offer contains at least one of these; empty for no minimum
 * @param fairnessExclude names of resources that do not enter shares
 * @param filterGpus agents with gpus go only to frameworks that can use them
 * @param region the masters' region: agents of another one go only to frameworks that know regions; null for none
 * @param strictLimits the limits of a top-level role bind the roles below it, too; Mesos only charges them to it
 */
public record AllocatorRules(
        List<Quantities> minAllocatable,
        List<String> fairnessExclude,
        boolean filterGpus,
        @Nullable String region,
        boolean strictLimits) {
    public AllocatorRules {
        minAllocatable = List.copyOf(minAllocatable);
        fairnessExclude = List.copyOf(fairnessExclude);
    }

    /** As Mesos has it: limits bind the role that has them and no other. */
    public AllocatorRules(
            List<Quantities> minAllocatable,
            List<String> fairnessExclude,
            boolean filterGpus,
            @Nullable String region) {
        this(minAllocatable, fairnessExclude, filterGpus, region, false);
    }
}
