package org.mesolith.model;

import org.jspecify.annotations.Nullable;

/** What an agent can deal with. */
public enum AgentCapability {
    UNKNOWN(0),
    MULTI_ROLE(1),
    HIERARCHICAL_ROLE(2),
    RESERVATION_REFINEMENT(3),
    RESOURCE_PROVIDER(4),
    RESIZE_VOLUME(5),
    AGENT_OPERATION_FEEDBACK(6),
    AGENT_DRAINING(7),
    TASK_RESOURCE_LIMITS(8);

    private final int number;

    AgentCapability(int number) {
        this.number = number;
    }

    /** The number of the v1 interface. */
    public int number() {
        return number;
    }

    /** The value of this number of the v1 interface, or null when this version does not know it. */
    public static @Nullable AgentCapability of(int number) {
        for (var value : values()) {
            if (value.number == number) {
                return value;
            }
        }
        return null;
    }
}
