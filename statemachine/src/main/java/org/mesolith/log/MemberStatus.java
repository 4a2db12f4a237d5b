package org.mesolith.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a member of the group looks like from the one that was asked.
 *
 * @param role as far as the one that was asked knows
 * @param commitIndex newest index known to be on a majority, -1 when not known
 * @param appliedIndex newest index applied (of itself) or stored (of another member, as seen by the leader); -1 when
 *     not
 *     known
 * @param lag entries behind the leader's newest; -1 when not known
 * @param behind how long ago the leader had the first entry that this member lacks; null when not known
 * @param silence since it was heard last; null of itself and when not known
 */
public record MemberStatus(
        MemberAddress address,
        Role role,
        long commitIndex,
        long appliedIndex,
        long lag,
        @Nullable Duration behind,
        @Nullable Duration silence) {
    /** What a member is to the group. */
    public enum Role {
        UNKNOWN,
        LEADER,
        FOLLOWER,
        CANDIDATE,
        LISTENER,
        /** Knows its cluster, and has no vote in it: not yet, or no longer. */
        STANDBY,
        /** Belongs to a group and has just been started: takes no part yet, and does not know who does. */
        STARTING,
        /** Started without data and without a group: waits to be added or initialised. */
        WAITING;

        /** True for one that has no vote, as far as it knows. */
        public boolean isAside() {
            return this == STANDBY || this == STARTING || this == WAITING;
        }
    }
}
