package org.mesolith.raft;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/**
 * Completes the growth from one member to two when the second died before it heard of its end.
 *
 * <p>While the change is the newest configuration, Ratis lets the first one be elected by itself; but each leader
 * begins with an entry that names the members without the change, and from then on the second one's vote is needed,
 * which a member of Ratis gives only when the newest configuration of its own log names it, before and after. So
 * neither could ever be elected.
 *
 * <p>This member, the first one, then goes by the change again, in memory, once the second one can be reached. That is
 * safe: nothing was ever decided without this member's consent, neither under the change nor after it, so its log has
 * everything; and the second one cannot lead without this member's vote. What is decided still needs both.
 */
final class StrandedGrowth {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    private final RatisNode node;
    private final MemberAddress self;
    private final long patienceNanos;
    private final AtomicBoolean looking = new AtomicBoolean();

    /** Since when nobody leads; only the housekeeping thread. */
    private long leaderlessSince;

    private boolean leaderless;

    StrandedGrowth(MemberCore core) {
        this.node = core.node();
        this.self = core.self();
        // By then every ordinary election has been tried.
        this.patienceNanos =
                core.settings().elections().silenceMax().multipliedBy(2).toNanos();
    }

    /** Every now and then; the housekeeping thread. Does not block. */
    void look() {
        var division = node.division();
        if (division == null || node.leads() || node.leader() != null) {
            leaderless = false;
            return;
        }
        var members = node.members();
        if (members.size() != 2) {
            leaderless = false;
            return;
        }
        long now = System.nanoTime();
        if (!leaderless) {
            leaderless = true;
            leaderlessSince = now;
        }
        if (now - leaderlessSince >= patienceNanos && looking.compareAndSet(false, true)) {
            leaderless = false;
            // A connection to a machine that is down takes its time.
            Thread.ofVirtual().name("raft-growth").start(() -> {
                try {
                    goOn(division, members);
                } finally {
                    looking.set(false);
                }
            });
        }
    }

    private void goOn(RaftServer.Division division, List<MemberAddress> members) {
        var known = Configurations.of(division);
        var change = known == null
                ? null
                : change(known.newestFirst(), self.member(), division.getInfo().getLastAppliedIndex());
        var other = members.stream()
                .filter(member -> !member.member().equals(self.member()))
                .findFirst()
                .orElse(null);
        if (known != null && change != null && other != null && VoterChanges.unreachable(other) == null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "the new member {0} has not heard that it votes: its addition goes on",
                    other.httpAuthority());
            known.goBackTo(change);
        }
    }

    /**
     * The change from this member alone to two, when its end is not known to be decided and nothing but the beginnings
     * of leaders followed; null when there is none.
     */
    static @Nullable RaftConfiguration change(List<RaftConfiguration> newestFirst, String self, long applied) {
        List<String> both = null;
        for (var configuration : newestFirst) {
            var members = names(configuration.getCurrentPeers());
            both = both == null ? members : both;
            if (!members.equals(both) || both.size() != 2 || !both.contains(self)) {
                return null;
            }
            var before = names(configuration.getPreviousPeers());
            if (!before.isEmpty()) {
                // As the newest it needs no help.
                var newest = newestFirst.getFirst();
                boolean open = configuration != newest && newest.getLogEntryIndex() > applied;
                return open && before.equals(List.of(self)) ? configuration : null;
            }
        }
        return null;
    }

    private static List<String> names(Collection<RaftPeer> peers) {
        return peers.stream().map(peer -> peer.getId().toString()).sorted().toList();
    }
}
