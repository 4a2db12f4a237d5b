package org.mesolith.allocator;

import java.util.List;
import org.mesolith.model.FrameworkCapability;

/**
 * A framework in one of its roles.
 *
 * @param abilities what it can deal with, as bits: asked about with every agent
 */
record Member(FrameworkDemand framework, RoleDemand demand, int abilities) {
    static final int MULTI_ROLE = 1;
    static final int GPUS = 2;
    static final int REGIONS = 4;
    static final int SHARED = 8;
    static final int REVOCABLE = 16;
    static final int REFINED = 32;

    /** The bits of these capabilities. */
    static int abilities(List<FrameworkCapability> capabilities) {
        int bits = 0;
        for (var capability : capabilities) {
            bits |= switch (capability) {
                case MULTI_ROLE -> MULTI_ROLE;
                case GPU_RESOURCES -> GPUS;
                case REGION_AWARE -> REGIONS;
                case SHARED_RESOURCES -> SHARED;
                case REVOCABLE_RESOURCES -> REVOCABLE;
                case RESERVATION_REFINEMENT -> REFINED;
                case UNKNOWN, TASK_KILLING_STATE, PARTITION_AWARE -> 0;
            };
        }
        return bits;
    }
}
