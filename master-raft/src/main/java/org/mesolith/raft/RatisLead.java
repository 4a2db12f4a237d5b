package org.mesolith.raft;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/** The end of this member's lead, as Ratis does it. */
final class RatisLead implements DeafLeader.Hands {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /** Time for one that was asked to win, before the next one is asked. */
    private static final long TURN_MILLIS = 300;

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
    private final Duration silenceMax;
    private final Executor askers;

    /** @param askers may be kept waiting by each task */
    RatisLead(RatisNode node, Duration silenceMax, Executor askers) {
        this.node = node;
        this.silenceMax = silenceMax;
        this.askers = askers;
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
    public long leadsIn() {
        return node.leads() ? node.term() : 0;
    }

    @Override
    public long term() {
        return node.term();
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

    @Override
    public void leaveTo(long term) {
        var self = node.server().getId().toString();
        var others = node.members().stream()
                .filter(member -> !member.member().equals(self))
                .toList();
        // Whoever has all that was committed may win; what else this member has, nobody was promised.
        var promised = TermIndex.valueOf(term, node.committed());
        askers.execute(() -> {
            for (var member : others) {
                if (node.term() != term || stands(member, promised)) {
                    return;
                }
            }
        });
    }

    /** Asks it as Ratis asks the one to whom the lead is handed; true if it said that it stands. Blocks. */
    private boolean stands(MemberAddress member, TermIndex promised) {
        var to = RaftPeerId.valueOf(member.member());
        var request = StartLeaderElectionRequestProto.newBuilder()
                .setServerRequest(node.request(node.server().getId(), to))
                .setLeaderLastEntry(promised.toProto())
                .build();
        return CompletableFuture.supplyAsync(() -> send(request), askers)
                .completeOnTimeout(false, TURN_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private boolean send(StartLeaderElectionRequestProto request) {
        try {
            return node.server()
                    .getServerRpc()
                    .startLeaderElection(request)
                    .getServerReply()
                    .getSuccess();
        } catch (IOException | RuntimeException unheard) {
            LOG.log(System.Logger.Level.DEBUG, "nobody heard that this member leads no more", unheard);
            return false;
        }
    }
}
