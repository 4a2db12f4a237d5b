package org.mesolith.allocator;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.Verdict.Answer;
import org.mesolith.model.FrameworkCapability;

/**
 * A framework in one of its roles. What is asked about with every agent is worked out once.
 *
 * @param unwilling why it cannot be offered anything for the role; null if it can
 * @param abilities what it can deal with, as bits
 */
record Member(
        FrameworkDemand framework,
        RoleDemand demand,
        @Nullable Answer unwilling,
        int abilities) {
    static final int MULTI_ROLE = 1;
    static final int GPUS = 2;
    static final int REGIONS = 4;
    static final int SHARED = 8;
    static final int REVOCABLE = 16;
    static final int REFINED = 32;

    /** All of a framework, in the order of its roles. */
    static void forEach(FrameworkDemand framework, BiConsumer<String, Member> action) {
        int can = abilities(framework.capabilities());
        framework
                .roles()
                .forEach((role, demand) ->
                        action.accept(role, new Member(framework, demand, framework.unwilling(role), can)));
    }

    boolean wants() {
        return unwilling == null;
    }

    /** The bits of these capabilities. */
    private static int abilities(List<FrameworkCapability> capabilities) {
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
