package org.mesolith.raft;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/** Elections before their time, by what Ratis offers for handing over the lead. */
final class RatisElections implements DeadProcessWatchdog.Hands, SilentLeader.Hands, DeafLeader.Hands, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");
    private static final long ANSWER_MILLIS = 150;

    /** A greeting has time: it tells a dead connection from a slow member. */
    private static final long GREETING_MILLIS = 1_000;

    /**
     * The door of Ratis through which its own timeouts go. The public one takes only a leader of the present term at
     * its word, so it opens once for each leader; null when this version of Ratis has no such method.
     */
    private static final @Nullable MethodHandle STAND = findStand();

    /**
     * How Ratis lets a leader go that hears no majority; null when this version has no such methods.
     *
     * @param role of a division
     * @param lead of a role: empty unless it leads
     * @param stepDown takes a lead and a reason
     */
    private record Doors(MethodHandle role, MethodHandle lead, MethodHandle stepDown) {}

    private static final @Nullable Doors DOORS = findDoors();

    private final RatisNode node;
    private final ExecutorService askers;

    private final Duration silenceMax;
    private final Duration afterLead;

    // ---- only the housekeeping thread
    private boolean hasLed;
    private long ledAt;

    RatisElections(RatisNode node, RatisSettings.Elections times) {
        this.node = node;
        this.silenceMax = times.silenceMax();
        this.afterLead = times.afterLead();
        this.askers = Executors.newCachedThreadPool(
                work -> Thread.ofPlatform().name("raft-asker").daemon(true).unstarted(work));
    }

    private static @Nullable MethodHandle findStand() {
        try {
            var type = Class.forName("org.apache.ratis.server.impl.RaftServerImpl");
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVirtual(type, "changeToCandidate", MethodType.methodType(void.class, boolean.class));
        } catch (ReflectiveOperationException changed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this version of Ratis has no second election on demand: a lost one waits for the timeout",
                    changed);
            return null;
        }
    }

    private static @Nullable Doors findDoors() {
        try {
            var impl = "org.apache.ratis.server.impl.";
            var server = Class.forName(impl + "RaftServerImpl");
            var role = Class.forName(impl + "RoleInfo");
            var lead = Class.forName(impl + "LeaderStateImpl");
            var in = MethodHandles.privateLookupIn(server, MethodHandles.lookup());
            return new Doors(
                    in.findVirtual(server, "getRole", MethodType.methodType(role)),
                    in.findVirtual(role, "getLeaderState", MethodType.methodType(Optional.class)),
                    in.findVirtual(
                            lead,
                            "submitStepDownEvent",
                            MethodType.methodType(void.class, LeaderState.StepDownReason.class)));
        } catch (ReflectiveOperationException changed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this version of Ratis lets no leader go on demand: one that hears no majority gives up when Ratis"
                            + " looks",
                    changed);
            return null;
        }
    }

    @Override
    public @Nullable MemberAddress leader() {
        return node.leader();
    }

    @Override
    public long term() {
        return node.term();
    }

    @Override
    public TermIndex lastEntry() {
        var division = node.division();
        var last = division == null ? null : division.getRaftLog().getLastEntryTermIndex();
        if (last != null) {
            return last;
        }
        var snapshot = division == null ? null : division.getStateMachine().getLatestSnapshot();
        return snapshot == null ? TermIndex.valueOf(0, RaftLog.INVALID_LOG_INDEX) : snapshot.getTermIndex();
    }

    @Override
    public List<DeadProcessWatchdog.Rival> rivals(MemberAddress dead) {
        var asked = others(dead).stream()
                .map(member -> asked(member, ANSWER_MILLIS))
                .toList();
        var answers = new ArrayList<DeadProcessWatchdog.Rival>();
        for (var answer : asked) {
            var settled = answer.exceptionally(silent -> null).join();
            if (settled != null) {
                answers.add(settled);
            }
        }
        return answers;
    }

    @Override
    public void greet(MemberAddress leader) {
        for (var member : others(leader)) {
            var _ = asked(member, GREETING_MILLIS).whenComplete((answer, silent) -> {
                if (silent == null) {
                    node.greetings().answered(member.member());
                } else {
                    node.greetings().unanswered(member.member());
                }
            });
        }
    }

    /** Everybody but {@code except} and this member. */
    private List<MemberAddress> others(MemberAddress except) {
        var self = node.server().getId().toString();
        return node.members().stream()
                .filter(member ->
                        !member.member().equals(self) && !member.member().equals(except.member()))
                .toList();
    }

    private CompletableFuture<DeadProcessWatchdog.Rival> asked(MemberAddress member, long millisMax) {
        return CompletableFuture.supplyAsync(() -> ask(member), askers).orTimeout(millisMax, TimeUnit.MILLISECONDS);
    }

    /** A pre-vote with an empty log: it can only be refused, changes nothing, and the answer names the newest entry. */
    private DeadProcessWatchdog.Rival ask(MemberAddress member) {
        var id = RaftPeerId.valueOf(member.member());
        var vote = RequestVoteRequestProto.newBuilder()
                .setServerRequest(
                        request(RaftPeerId.valueOf(node.server().getId().toString()), id))
                .setCandidateTerm(node.term())
                .setCandidateLastEntry(TermIndex.valueOf(0, 0).toProto())
                .setPreVote(true)
                .build();
        try {
            var reply = node.server().getServerRpc().requestVote(vote);
            return new DeadProcessWatchdog.Rival(member.member(), TermIndex.valueOf(reply.getLastEntry()));
        } catch (IOException silent) {
            throw new java.io.UncheckedIOException(silent);
        }
    }

    @Override
    public boolean stand(MemberAddress dead) {
        var id = node.server().getId();
        var request = StartLeaderElectionRequestProto.newBuilder()
                .setServerRequest(request(RaftPeerId.valueOf(dead.member()), id))
                .setLeaderLastEntry(lastEntry().toProto())
                .build();
        try {
            return node.server().startLeaderElection(request).getServerReply().getSuccess();
        } catch (IOException refused) {
            LOG.log(System.Logger.Level.DEBUG, "Ratis refused to start an election", refused);
            return false;
        }
    }

    @Override
    public boolean standAgain() {
        return stand(true);
    }

    @Override
    public boolean stand() {
        return stand(false);
    }

    /** @param forced without asking beforehand whether the others would vote, or hear a leader */
    private boolean stand(boolean forced) {
        RaftServer.Division division = node.division();
        if (STAND == null || division == null || !division.getInfo().isFollower() || !votes(division)) {
            return false;
        }
        try {
            STAND.invoke(division, forced);
            return true;
        } catch (Error fatal) {
            throw fatal;
        } catch (Throwable lostRace) {
            // It stopped being a follower in between: somebody else stands, or leads.
            LOG.log(System.Logger.Level.DEBUG, "no second election", lostRace);
            return false;
        }
    }

    /** Ratis closes the part of a member that stands before it votes for good: one that is being added. */
    private static boolean votes(RaftServer.Division division) {
        var self = division.getId();
        var known = division.getRaftConf();
        return isAmong(known.getCurrentPeers(), self)
                && (known.getPreviousPeers().isEmpty() || isAmong(known.getPreviousPeers(), self));
    }

    private static boolean isAmong(Collection<RaftPeer> peers, RaftPeerId self) {
        return peers.stream().anyMatch(peer -> peer.getId().equals(self));
    }

    private RaftRpcRequestProto request(RaftPeerId from, RaftPeerId to) {
        var division = node.division();
        var request = RaftRpcRequestProto.newBuilder()
                .setRequestorId(from.toByteString())
                .setReplyId(to.toByteString())
                .setCallId(System.nanoTime());
        if (division != null) {
            request.setRaftGroupId(RaftGroupIdProto.newBuilder()
                    .setId(division.getMemberId().getGroupId().toByteString()));
        }
        return request.build();
    }

    @Override
    public SilentLeader.@Nullable Seen seen() {
        var division = node.division();
        if (node.leads()) {
            ledAt = System.nanoTime();
            hasLed = true;
        }
        if (division == null || !division.getInfo().isFollower() || !votes(division) || wasDeposed()) {
            return null;
        }
        var follower = division.getInfo().getRoleInfoProto().getFollowerInfo();
        // While it writes what the leader sent, the leader may well wait for it in silence.
        if (follower.getOutstandingOp() != 0) {
            return null;
        }
        var silence = Duration.ofMillis(follower.getLeaderInfo().getLastRpcElapsedTimeMs());
        return new SilentLeader.Seen(node.term(), node.leader() != null, silence);
    }

    @Override
    public boolean isDeaf() {
        var division = node.division();
        if (division == null || !node.leads() || node.isChangingVoters()) {
            return false;
        }
        var heard = GroupView.heard(division);
        var self = node.server().getId().toString();
        var voters = node.members();
        long hears = voters.stream()
                .filter(member -> {
                    var follower = heard.get(member.member());
                    return member.member().equals(self)
                            || (follower != null && follower.silence().compareTo(silenceMax) < 0);
                })
                .count();
        return !heard.isEmpty() && hears <= voters.size() / 2;
    }

    @Override
    public void giveUp() {
        var division = node.division();
        if (DOORS == null || division == null) {
            return;
        }
        try {
            if (DOORS.lead.invoke(DOORS.role.invoke(division)) instanceof Optional<?> lead && lead.isPresent()) {
                DOORS.stepDown.invoke(lead.get(), LeaderState.StepDownReason.LOST_MAJORITY_HEARTBEATS);
            }
        } catch (Error fatal) {
            throw fatal;
        } catch (Throwable lostRace) {
            LOG.log(System.Logger.Level.DEBUG, "no lead to give up", lostRace);
        }
    }

    /** The others heard nothing of it, or it of them: they stand first, and its asking would keep them from it. */
    private boolean wasDeposed() {
        return hasLed && System.nanoTime() - ledAt < afterLead.toNanos();
    }

    @Override
    public int place() {
        var self = node.server().getId().toString();
        return (int) node.members().stream()
                .filter(member -> member.member().compareTo(self) < 0)
                .count();
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
