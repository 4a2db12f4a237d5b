package org.mesolith.master;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterControl.Changed;
import org.mesolith.log.ClusterStatus;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.MemberStatus;
import org.mesolith.log.Proposal;
import org.mesolith.log.VoterChange;
import org.mesolith.raft.RaftMember;
import org.mesolith.state.Actor;
import org.mesolith.state.Envelope;
import org.mesolith.state.MembershipCommand;
import org.mesolith.state.Origin;
import org.mesolith.state.row.KnownMember;

/**
 * What the leader does about a member that has been silent for too long: it says so, and if it was told to and a
 * standby waits, puts that in the dead one's place, under the same rules as an operator's wish. One thread.
 */
final class DeadMembers {
    private static final System.Logger LOG = System.getLogger("org.mesolith.master");
    private static final Duration ASK_MAX = Duration.ofMillis(700);

    /** Between two tries to replace a member. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final RaftMember member;
    private final Duration deadAfter;
    private final boolean replaces;
    private final Set<String> reported = new TreeSet<>();
    private long triedAt = System.nanoTime() - PAUSE.toNanos();

    /**
     * @param deadAfter silence after which a member is taken for dead; zero: nobody is
     * @param replaces whether a standby takes the place of a dead member
     */
    DeadMembers(RaftMember member, Duration deadAfter, boolean replaces) {
        this.member = member;
        this.deadAfter = deadAfter;
        this.replaces = replaces;
    }

    /** Looks; asks other masters only when somebody is dead. */
    void look() {
        var status = member.cluster().status();
        if (!status.ready() || deadAfter.isZero()) {
            reported.clear();
            return;
        }
        for (var voter : status.members()) {
            var silence = voter.silence();
            if (silence == null || silence.compareTo(deadAfter) <= 0) {
                reported.remove(voter.address().member());
                continue;
            }
            var standby = standby(status);
            report(voter, silence, standby);
            if (replaces && standby != null && System.nanoTime() - triedAt > PAUSE.toNanos()) {
                triedAt = System.nanoTime();
                replace(status, voter.address(), standby);
                return;
            }
        }
    }

    private void report(MemberStatus dead, Duration silence, @Nullable MemberAddress standby) {
        if (reported.add(dead.address().member())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "member " + dead.address().member() + " at "
                            + dead.address().httpAuthority()
                            + " has been silent for " + silence.toSeconds() + " s; start it, or `meso cluster replace "
                            + dead.address().member() + " "
                            + (standby == null ? "HOST:PORT`" : standby.httpAuthority() + "`, which waits"));
        }
    }

    /** A master that belongs to the cluster, does not vote, and says so now. */
    private @Nullable MemberAddress standby(ClusterStatus status) {
        for (var known : member.registry().membership().members()) {
            boolean votes = status.members().stream()
                    .anyMatch(voter -> voter.address().member().equals(known.id()));
            if (!votes && !known.isRemoved() && waits(known)) {
                return address(known);
            }
        }
        return null;
    }

    private static MemberAddress address(KnownMember known) {
        return new MemberAddress(known.id(), known.host(), known.raftPort(), known.httpPort());
    }

    private static boolean waits(KnownMember known) {
        try {
            JsonNode answer = OtherMasters.ask(address(known).httpAuthority(), ASK_MAX);
            return answer.path("role").asText().equals(MemberStatus.Role.STANDBY.name())
                    && answer.path("member").path("id").asText().equals(known.id());
        } catch (IOException silent) {
            LOG.log(System.Logger.Level.DEBUG, "the standby " + known.id() + " does not answer", silent);
            return false;
        }
    }

    private void replace(ClusterStatus status, MemberAddress dead, MemberAddress standby) {
        var seen =
                status.members().stream().map(voter -> voter.address().member()).toList();
        var wish = new VoterChange(seen, List.of(standby), List.of(dead.member()), seen.size() % 2 == 0, false);
        LOG.log(System.Logger.Level.WARNING, "autopilot: " + standby + " is to take the place of " + dead);
        var _ = member.cluster().change(wish).thenAccept(changed -> {
            LOG.log(System.Logger.Level.WARNING, "autopilot: " + changed);
            if (changed instanceof Changed.Done) {
                retire(dead.member(), status.term());
            }
        });
    }

    /** It may never come back. Should this be lost with the lead, an operator's `cluster remove` does it again. */
    private void retire(String dead, long term) {
        var envelope = new Envelope(Actor.SYSTEM, Origin.LEADER, null, Instant.now(), term);
        var _ = member.log()
                .propose(new Proposal(envelope, new MembershipCommand.RetireMember(dead)))
                .thenAccept(
                        proposed -> LOG.log(System.Logger.Level.INFO, "autopilot: retired " + dead + ": " + proposed));
    }
}
