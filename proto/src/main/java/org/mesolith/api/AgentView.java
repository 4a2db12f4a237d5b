package org.mesolith.api;

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
        Resources offered) {}
