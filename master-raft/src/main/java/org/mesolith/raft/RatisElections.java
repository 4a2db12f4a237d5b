package org.mesolith.raft;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/** Elections before their time, by what Ratis offers for handing over the lead. */
final class RatisElections implements DeadProcessWatchdog.Hands, SilentLeader.Hands, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");
    private static final long ANSWER_MILLIS = 150;

    /** A greeting has time: it tells a dead connection from a slow member. */
    private static final long GREETING_MILLIS = 1_000;

    /**
     * The door of Ratis through which its own timeouts go. The public one takes only a leader of the present term at
     * its word, so it opens once for each leader; null when this version of Ratis has no such method.
     */
    private static final @Nullable MethodHandle STAND = findStand();

    private final RatisNode node;
    private final ExecutorService askers;

    private final Duration afterLead;

    // ---- only the housekeeping thread
    private boolean hasLed;
    private long ledAt;

    private final Successors successors = new Successors(() -> answers(others(null)));
    private final Turns turns;

    RatisElections(RatisNode node, RatisSettings.Elections times) {
        this.node = node;
        this.afterLead = times.afterLead();
        this.turns = new Turns(node.server().getId().toString(), () -> answers(others(null)));
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
        return answers(others(dead)).join();
    }

    /** Of those who answer soon. */
    private CompletableFuture<List<DeadProcessWatchdog.Rival>> answers(List<MemberAddress> members) {
        var none = CompletableFuture.completedFuture(List.<DeadProcessWatchdog.Rival>of());
        return members.stream()
                .map(member -> asked(member, ANSWER_MILLIS).thenApply(List::of).exceptionally(silent -> List.of()))
                .reduce(none, (some, more) -> some.thenCombine(more, RatisElections::joined));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
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

    /** Everybody but this member, and {@code except} unless it is null. */
    private List<MemberAddress> others(@Nullable MemberAddress except) {
        var self = node.server().getId().toString();
        return node.members().stream()
                .filter(member -> !member.member().equals(self)
                        && (except == null || !member.member().equals(except.member())))
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
                        node.request(RaftPeerId.valueOf(node.server().getId().toString()), id))
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
                .setServerRequest(node.request(RaftPeerId.valueOf(dead.member()), id))
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

    @Override
    public SilentLeader.@Nullable Seen seen() {
        var division = node.division();
        if (node.leads()) {
            ledAt = System.nanoTime();
            hasLed = true;
            successors.forget();
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

    /**
     * The others heard nothing of it, or it of them: they stand first, and its asking would keep them from it. But
     * those who have less than this member cannot win.
     */
    private boolean wasDeposed() {
        if (!hasLed
                || System.nanoTime() - ledAt >= afterLead.toNanos()
                || successors.cannotWin(lastEntry(), node.members().size())) {
            hasLed = false;
            return false;
        }
        return true;
    }

    @Override
    public void prepare() {
        turns.ask();
    }

    @Override
    public long place() {
        return turns.place(
                lastEntry(), node.members().stream().map(MemberAddress::member).toList());
    }

    /** Threads for those who wait for other members; nobody's after the end of this. */
    Executor askers() {
        return askers;
    }

    @Override
    public void close() {
        askers.shutdownNow();
    }
}
