package org.mesolith.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.protocol.exceptions.SetConfigurationException;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.ClusterControl.Changed;
import org.mesolith.log.ClusterControl.Handover;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.VoterChange;

/**
 * Changes who votes. A change is one step of joint consensus, compared with the list that the operator saw; Ratis
 * brings new members up to date before they count.
 */
final class VoterChanges {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** A follower that has not answered for longer is not counted on. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(3);

    /** Entries a healthy follower may lack. */
    private static final long LAG_MAX = 10_000;

    private static final int CONNECT_MILLIS = 2_000;

    /** As long as a new member may need for a large snapshot. */
    private static final Duration CHANGE_MAX = Duration.ofMinutes(2);

    /** A successor may fall silent just now, or another handover end first; whoever asked waits for longer. */
    private static final int HANDOVERS_MAX = 3;

    private static final Duration BETWEEN_HANDOVERS = Duration.ofSeconds(1);

    private final MemberCore core;
    private final LeadHandover handover;

    VoterChanges(MemberCore core, LeadHandover handover) {
        this.core = core;
        this.handover = handover;
    }

    /** Any thread; does not block. */
    CompletableFuture<Changed> change(VoterChange wish) {
        var done = new CompletableFuture<Changed>();
        core.housekeeping().run(() -> begin(wish, done));
        return done;
    }

    private void begin(VoterChange wish, CompletableFuture<Changed> done) {
        if (core.leading().term() == 0) {
            done.complete(new Changed.NotLeader(core.leading().other()));
            return;
        }
        var now = core.node().members();
        var wanted = VoterRules.wanted(now, wish);
        if (VoterRules.isDone(now, wish)) {
            done.complete(new Changed.Done(now, now));
            return;
        }
        // A connection to a machine that is down takes its time: not on the housekeeping thread.
        Thread.ofVirtual().name("raft-reach").start(() -> {
            var unreachable = new TreeMap<String, String>();
            for (var member : wanted) {
                var why = unreachable(member);
                if (why != null) {
                    unreachable.put(member.member(), why);
                }
            }
            core.housekeeping().run(() -> judge(wish, now, unreachable, done));
        });
    }

    private void judge(
            VoterChange wish,
            List<MemberAddress> now,
            SortedMap<String, String> unreachable,
            CompletableFuture<Changed> done) {
        var wanted = VoterRules.wanted(now, wish);
        var refusal =
                VoterRules.refusal(now, wish, member -> isHealthy(member) && !unreachable.containsKey(member.member()));
        var added = wanted.stream()
                .filter(member -> !now.contains(member) && unreachable.containsKey(member.member()))
                .findFirst()
                .orElse(null);
        if (refusal != null) {
            done.complete(new Changed.Refused(refusal));
        } else if (added != null) {
            done.complete(new Changed.Refused("the leader cannot reach the consensus port " + added.raftAuthority()
                    + " of member " + added.member() + " (" + unreachable.get(added.member())
                    + "); nothing was changed. Is that master running, and is the port open between the masters?"));
        } else if (wish.preview()) {
            done.complete(new Changed.Done(now, wanted));
        } else {
            carryOut(now, wanted, done);
        }
    }

    private boolean isHealthy(MemberAddress member) {
        var division = core.node().division();
        if (division == null) {
            return false;
        }
        if (member.member().equals(core.self().member())) {
            return true;
        }
        var follower = GroupView.heard(division).get(member.member());
        return follower != null
                && follower.silence().compareTo(SILENCE_MAX) < 0
                && follower.newest() - follower.match() <= LAG_MAX;
    }

    /** Why its consensus port cannot be reached, null when it can. Blocks for {@link #CONNECT_MILLIS} at most. */
    static @Nullable String unreachable(MemberAddress member) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(member.host(), member.raftPort()), CONNECT_MILLIS);
            return null;
        } catch (IOException silent) {
            return String.valueOf(silent.getMessage());
        }
    }

    private void carryOut(List<MemberAddress> now, List<MemberAddress> wanted, CompletableFuture<Changed> done) {
        var self = core.self().member();
        if (wanted.stream().noneMatch(member -> member.member().equals(self))) {
            handOver(now, wanted, done);
            return;
        }
        LOG.log(System.Logger.Level.INFO, "the voters are to change from " + now + " to " + wanted);
        var _ = core.node()
                .vote(now, wanted)
                .orTimeout(CHANGE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((reply, failure) -> core.housekeeping().run(() -> {
                    var result = result(now, wanted, reply, failure);
                    LOG.log(System.Logger.Level.INFO, "change of the voters: " + result);
                    done.complete(result);
                }));
    }

    /** The leader is to go: another one carries the change out. */
    private void handOver(List<MemberAddress> now, List<MemberAddress> wanted, CompletableFuture<Changed> done) {
        handOver(
                () -> now.stream()
                        .filter(member -> !member.member().equals(core.self().member()))
                        .filter(wanted::contains)
                        .filter(this::isHealthy)
                        .toList(),
                new ArrayList<>(),
                done);
    }

    /**
     * @param successors who may take the lead at the moment
     * @param failed why each attempt so far has failed
     */
    private void handOver(
            Supplier<List<MemberAddress>> successors, List<String> failed, CompletableFuture<Changed> done) {
        var able = successors.get();
        if (able.isEmpty() || failed.size() == HANDOVERS_MAX) {
            var why = failed.isEmpty() ? "" : " (" + String.join("; ", failed) + ")";
            done.complete(new Changed.Refused("this member leads and is to be removed, and no member that stays can"
                    + " take the lead" + why + "; nothing was changed. Bring one of them up to date and try again"));
            return;
        }
        // After a failure it is the turn of the next one.
        var successor = able.get(failed.size() % able.size());
        var _ = handover.to(successor, LeadHandover.MAX).thenAccept(handed -> {
            switch (handed) {
                case Handover.Done() -> done.complete(new Changed.NotLeader(successor));
                case Handover.NotLeader(var leader) -> done.complete(new Changed.NotLeader(leader));
                case Handover.Failed(var why) -> {
                    failed.add(why);
                    LOG.log(System.Logger.Level.WARNING, "handover " + failed.size() + " before the removal: " + why);
                    core.housekeeping().runAfter(BETWEEN_HANDOVERS, () -> handOver(successors, failed, done));
                }
            }
        });
    }

    private Changed result(
            List<MemberAddress> now,
            List<MemberAddress> wanted,
            @Nullable RaftClientReply reply,
            @Nullable Throwable failure) {
        if (reply != null && reply.isSuccess()) {
            return new Changed.Done(now, wanted);
        }
        var cause = reply != null ? reply.getException() : cause(failure);
        return switch (cause) {
            case ReconfigurationTimeoutException _ ->
                new Changed.Refused("the new member did not catch up: it stopped answering. Nothing was changed. Look"
                        + " at its log, then try again");
            case ReconfigurationInProgressException _ ->
                new Changed.Refused("another change of the members is under way; nothing was changed. Look with `meso"
                        + " cluster members` and try again");
            case SetConfigurationException stale ->
                new Changed.Refused("Ratis refused the change, nothing was changed: " + stale.getMessage());
            case LeaderNotReadyException _, LeaderSteppingDownException _ ->
                new Changed.NotLeader(core.leading().other());
            case NotLeaderException _ ->
                new Changed.Unknown("this master lost the lead while it made the change; look with `meso cluster"
                        + " members` before you repeat the command");
            case TimeoutException _ ->
                new Changed.Unknown("the change is not decided after " + CHANGE_MAX.toSeconds()
                        + " s and may still come to pass; look with `meso cluster members`");
            case null, default ->
                new Changed.Unknown("the change ended with " + cause + "; look with `meso cluster members`");
        };
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
