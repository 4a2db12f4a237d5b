package org.mesolith.state.row;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Reserved;
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
 * @param drain null unless an operator has it emptied
 * @param address of its connection when it was admitted, empty when nobody knows
 */
public record AgentRow(
        AgentId id,
        AgentInfo info,
        Resources total,
        Instant registeredAt,
        @Nullable Instant reregisteredAt,
        @Nullable Instant unreachableSince,
        boolean deactivated,
        @Nullable Drain drain,
        String address) {
    /** One that was just admitted. */
    public static AgentRow admitted(AgentId id, AgentInfo info, Resources total, Instant at, String address) {
        return new AgentRow(id, info, total, at, null, null, false, null, address);
    }

    /** False while it is unreachable. */
    public boolean isRegistered() {
        return unreachableSince == null;
    }

    /** True while it is emptied and something is left on it. */
    public boolean isDraining() {
        return drain != null && !drain.drained();
    }

    /** When it was admitted last. */
    public Instant admittedAt() {
        return reregisteredAt == null ? registeredAt : reregisteredAt;
    }

    /** Its dynamic reservations and volumes. */
    public Resources reserved() {
        return Reserved.of(total);
    }

    /** The same with another word of itself, and what that makes its total. */
    public AgentRow withInfo(AgentInfo changed, Resources newTotal) {
        return new AgentRow(
                id, changed, newTotal, registeredAt, reregisteredAt, unreachableSince, deactivated, drain, address);
    }

    public AgentRow withTotal(Resources changed) {
        return withInfo(info, changed);
    }

    public AgentRow withAddress(String changed) {
        return new AgentRow(
                id, info, total, registeredAt, reregisteredAt, unreachableSince, deactivated, drain, changed);
    }

    public AgentRow withReregisteredAt(Instant at) {
        return new AgentRow(id, info, total, registeredAt, at, null, deactivated, drain, address);
    }

    public AgentRow withUnreachableSince(Instant since) {
        return new AgentRow(id, info, total, registeredAt, reregisteredAt, since, deactivated, drain, address);
    }

    public AgentRow withDeactivated(boolean yes) {
        return new AgentRow(id, info, total, registeredAt, reregisteredAt, unreachableSince, yes, drain, address);
    }

    /** Emptied, as told; or no longer, when null. */
    public AgentRow withDrain(@Nullable Drain changed) {
        return new AgentRow(
                id, info, total, registeredAt, reregisteredAt, unreachableSince, deactivated, changed, address);
    }
}
