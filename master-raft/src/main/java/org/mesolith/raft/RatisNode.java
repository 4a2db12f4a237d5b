package org.mesolith.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.LeaderElectionManagementRequest;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;
import org.mesolith.log.MemberAddress;

/** The Ratis server of this process and its one group, if it is in one. Any thread. */
final class RatisNode {
    /** Longer than any snapshot takes. */
    private static final Duration SNAPSHOT_MAX = Duration.ofMinutes(5);

    private final RaftServer server;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final AddressBook addresses;
    private final Greetings greetings = new Greetings();
    private volatile RaftServer.@Nullable Division division;

    private RatisNode(MemberAddress self, RaftServer server) {
        this.server = server;
        this.addresses = new AddressBook(self, server);
    }

    /**
     * Makes the server and, unless {@code group} is null, its division; nothing runs before {@link #start}.
     *
     * @param adapters makes a state machine for the group
     */
    static RatisNode build(
            RatisSettings settings, MemberAddress self, @Nullable RaftGroup group, Supplier<RatisAdapter> adapters)
            throws IOException {
        var id = RaftPeerId.valueOf(self.member());
        var parameters = new Parameters();
        GrpcConfigKeys.Server.setServicesCustomizer(parameters, new MeantForUs(id));
        var server = RaftServer.newBuilder()
                .setServerId(id)
                .setStateMachineRegistry(any -> adapters.get())
                .setGroup(group)
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(RatisConfig.of(settings))
                .setParameters(parameters)
                .build();
        return new RatisNode(self, server);
    }

    void start(@Nullable RaftGroup group) throws IOException {
        server.start();
        if (group != null) {
            division = server.getDivision(group.getGroupId());
        }
    }

    /** Joins the group, with storage made anew. Blocks. */
    void found(RaftGroup group) throws IOException {
        var reply = server.groupManagement(
                GroupManagementRequest.newAdd(client, server.getId(), calls.incrementAndGet(), group, false));
        if (!reply.isSuccess()) {
            throw new IOException("cannot join the group " + group, reply.getException());
        }
        division = server.getDivision(group.getGroupId());
    }

    /** Which other members answered when this one greeted them last. */
    Greetings greetings() {
        return greetings;
    }

    /** Where everybody is. */
    AddressBook addresses() {
        return addresses;
    }

    RaftServer server() {
        return server;
    }

    /** Null while this member waits for a group. */
    RaftServer.@Nullable Division division() {
        return division;
    }

    private RaftServer.Division joined() {
        return Check.present(division, "a group");
    }

    boolean leads() {
        var now = division;
        return now != null && now.getInfo().isLeader();
    }

    /** The newest Raft term seen; 0 without a group. */
    long term() {
        var now = division;
        return now == null ? 0 : now.getInfo().getCurrentTerm();
    }

    /** The index of the newest entry that is known to be committed; -1 without a group. On the leader none is newer. */
    long committed() {
        var now = division;
        return now == null ? -1 : now.getRaftLog().getLastCommittedIndex();
    }

    /** The group that this member takes part in; null while it waits for one. */
    @Nullable
    String group() {
        var now = division;
        return now == null ? null : now.getMemberId().getGroupId().getUuid().toString();
    }

    /** True while the voters are being changed: then two majorities are needed for everything. */
    boolean isChangingVoters() {
        var now = division;
        return now != null
                && !now.getRaftConf().getPreviousPeers(RaftPeerRole.FOLLOWER).isEmpty();
    }

    /** The leader that is known here, this member or another; null when none is. */
    @Nullable
    MemberAddress leader() {
        var now = division;
        if (now == null) {
            return null;
        }
        RaftPeerId id = now.getInfo().getLeaderId();
        var peer = id == null ? null : now.getRaftConf().getPeer(id, RaftPeerRole.FOLLOWER);
        return peer == null ? null : addresses.present(Peers.of(peer));
    }

    /** All voting members, this one included; empty without a group. */
    List<MemberAddress> members() {
        var now = division;
        var members = new ArrayList<MemberAddress>();
        if (now != null) {
            now.getRaftConf()
                    .getAllPeers(RaftPeerRole.FOLLOWER)
                    .forEach(peer -> members.add(addresses.present(Peers.of(peer))));
        }
        members.sort(null);
        return members;
    }

    /** The head of what one member asks another one. */
    RaftRpcRequestProto request(RaftPeerId from, RaftPeerId to) {
        var now = division;
        var request = RaftRpcRequestProto.newBuilder()
                .setRequestorId(from.toByteString())
                .setReplyId(to.toByteString())
                .setCallId(calls.incrementAndGet());
        if (now != null) {
            request.setRaftGroupId(RaftGroupIdProto.newBuilder()
                    .setId(now.getMemberId().getGroupId().toByteString()));
        }
        return request.build();
    }

    /** Sends an entry on its way. Blocks until it is appended to the own log, but not until it is synced. */
    CompletableFuture<RaftClientReply> submit(Pack pack) {
        var now = joined();
        var request = RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(server.getId())
                .setGroupId(now.getMemberId().getGroupId())
                .setCallId(calls.incrementAndGet())
                .setMessage(pack)
                .setType(RaftClientRequest.writeRequestType())
                .build();
        // The server would do the same on another thread and wait for it: two changes of thread for each entry.
        return guarded(() -> now instanceof RaftClientAsynchronousProtocol direct
                ? direct.submitClientRequestAsync(request)
                : server.submitClientRequestAsync(request));
    }

    /** Takes a snapshot if anything was applied since the last one. May block a little. */
    CompletableFuture<RaftClientReply> snapshot() {
        return guarded(() -> server.snapshotManagementAsync(SnapshotManagementRequest.newCreate(
                client,
                server.getId(),
                joined().getMemberId().getGroupId(),
                calls.incrementAndGet(),
                SNAPSHOT_MAX.toMillis(),
                1)));
    }

    /** Hands the lead over. New entries are refused while it is under way. May block a little. */
    CompletableFuture<RaftClientReply> transfer(MemberAddress target, Duration deadline) {
        return guarded(() -> server.transferLeadershipAsync(new TransferLeadershipRequest(
                client,
                server.getId(),
                joined().getMemberId().getGroupId(),
                calls.incrementAndGet(),
                RaftPeerId.valueOf(target.member()),
                deadline.toMillis())));
    }

    /**
     * Changes who votes, if these vote now. The future fails with Ratis' own reason; it may take as long as the new
     * members need to catch up.
     */
    CompletableFuture<RaftClientReply> vote(List<MemberAddress> now, List<MemberAddress> wanted) {
        var arguments = SetConfigurationRequest.Arguments.newBuilder()
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .setServersInCurrentConf(now.stream().map(Peers::toRatis).toList())
                .setServersInNewConf(wanted.stream().map(Peers::toRatis).toList())
                .build();
        return guarded(() -> server.setConfigurationAsync(new SetConfigurationRequest(
                client, server.getId(), joined().getMemberId().getGroupId(), calls.incrementAndGet(), arguments)));
    }

    /** This member stands for no election any more. */
    CompletableFuture<RaftClientReply> neverStand() {
        return guarded(() -> server.leaderElectionManagementAsync(LeaderElectionManagementRequest.newPause(
                client, server.getId(), joined().getMemberId().getGroupId(), calls.incrementAndGet())));
    }

    /** A request as Ratis takes it; it may throw before there is a future. */
    private interface Request {
        CompletableFuture<RaftClientReply> send() throws IOException;
    }

    private static CompletableFuture<RaftClientReply> guarded(Request request) {
        try {
            return request.send();
        } catch (IOException | RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Ends the server; blocks up to a few seconds. */
    void close() throws IOException {
        server.close();
    }
}
