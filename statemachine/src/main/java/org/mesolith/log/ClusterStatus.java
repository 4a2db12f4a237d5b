package org.mesolith.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.Snapshots.Taken;

/**
 * The group of masters as one member sees it.
 *
 * @param self the member that was asked
 * @param term newest Raft term it has seen
 * @param ready true when it leads and has applied everything promised before
 * @param leader null when nobody is known to lead
 * @param members sorted by name, itself included
 * @param lastSnapshot null when it has none
 */
public record ClusterStatus(
        MemberAddress self,
        long term,
        boolean ready,
        @Nullable MemberAddress leader,
        List<MemberStatus> members,
        @Nullable Taken lastSnapshot) {
    public ClusterStatus {
        members = List.copyOf(members);
    }

    /** What the member that was asked is. */
    public MemberStatus.Role role() {
        return members.stream()
                .filter(member -> member.address().member().equals(self.member()))
                .map(MemberStatus::role)
                .findFirst()
                .orElse(MemberStatus.Role.UNKNOWN);
    }
}
