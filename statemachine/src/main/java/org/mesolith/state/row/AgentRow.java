package org.mesolith.state.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;

/**
 * An admitted agent: registered, or unreachable.
 *
 * @param info what it last said of itself
 * @param total what it has to offer, with what operations made of it; no allocation is set
 * @param registeredAt when it was first admitted under this id
 * @param reregisteredAt when it was last admitted again, null when never
 * @param unreachableSince null while it is registered
 * @param deactivated by an operator: not offered
 */
public record AgentRow(
        AgentId id,
        AgentInfo info,
        Resources total,
        Instant registeredAt,
        @Nullable Instant reregisteredAt,
        @Nullable Instant unreachableSince,
        boolean deactivated) {
    /** False while it is unreachable. */
    public boolean isRegistered() {
        return unreachableSince == null;
    }

    /** When it was admitted last. */
    public Instant admittedAt() {
        return reregisteredAt == null ? registeredAt : reregisteredAt;
    }

    public AgentRow withInfo(AgentInfo changed) {
        return new AgentRow(
                id, changed, changed.resources(), registeredAt, reregisteredAt, unreachableSince, deactivated);
    }

    public AgentRow withReregisteredAt(Instant at) {
        return new AgentRow(id, info, total, registeredAt, at, null, deactivated);
    }

    public AgentRow withUnreachableSince(Instant since) {
        return new AgentRow(id, info, total, registeredAt, reregisteredAt, since, deactivated);
    }

    public AgentRow withDeactivated(boolean yes) {
        return new AgentRow(id, info, total, registeredAt, reregisteredAt, unreachableSince, yes);
    }
}
