package org.mesolith.api;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;

/**
 * An agent as it is shown.
 *
 * @param active registered, connected and not deactivated: it may be offered
 * @param pid as old clients read it, {@code slave(1)@ip:port}
 * @param reregistered null unless it came back
 * @param drain null unless an operator drains it
 */
public record AgentView(
        AgentId id,
        AgentInfo info,
        boolean active,
        boolean deactivated,
        String pid,
        Instant registered,
        @Nullable Instant reregistered,
        Resources total,
        Resources allocated,
        Resources offered,
        @Nullable Drain drain) {
    /**
     * An agent that is emptied.
     *
     * @param maxGrace caps the grace of its tasks, null for their own
     * @param drained nothing is left on it
     * @param begun when this leader had it emptied, or took it up again; null while it was not heard in this term
     */
    public record Drain(
            @Nullable Duration maxGrace,
            boolean markGone,
            boolean drained,
            @Nullable Instant begun) {}
}
