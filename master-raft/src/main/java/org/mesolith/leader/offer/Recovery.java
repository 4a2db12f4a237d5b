package org.mesolith.leader.offer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mesolith.allocator.RoundsHeld;
import org.mesolith.leader.event.Present;
import org.mesolith.state.Registry;

/**
 * Whether rounds wait for agents to come back to a new leader. Mesos needs that while there is quota, because it learns
 * from the agents what is allocated; here it is a switch for those who want the same.
 */
final class Recovery {
    private final Present present;
    private final Supplies supplies;
    private final Instant deadline;
    private final int awaited;
    private boolean over;

    /** At the start of a term. */
    Recovery(Present present, Supplies supplies, Sharing sharing) {
        this.present = present;
        this.supplies = supplies;
        this.deadline = present.began().plus(sharing.recoveryTimeout());
        this.awaited = (int) Math.floor(sharing.recoveryFactor() * registered(present.registry()));
        this.over = awaited == 0 || !present.registry().quotas().iterator().hasNext();
    }

    private static int registered(Registry registry) {
        int count = 0;
        for (var agent : registry.agents()) {
            count += agent.isRegistered() ? 1 : 0;
        }
        return count;
    }

    /** Why it is too early for a round; null if it is not. */
    @Nullable
    RoundsHeld held() {
        over = over || supplies.linkedCount() >= awaited || !present.now().isBefore(deadline);
        return over ? null : new RoundsHeld(awaited, supplies.linkedCount(), Duration.between(present.now(), deadline));
    }
}
