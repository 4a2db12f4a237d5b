package org.mesolith.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mesolith.base.Check;

/** What a member is asked under the name of another one, as after a lost disk: at the same port is a new member. */
final class MeantForUsTest {
    private static final String OTHER = "another-member";

    @TempDir
    Path root;

    private TestGroup group;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        group = TestGroup.three(root);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", group.places.getFirst().raftPort)
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow();
        group.close();
    }

    private RaftRpcRequestProto request(String meant) {
        var division = Check.present(group.places.getFirst().member().node().division(), "a group");
        return RaftRpcRequestProto.newBuilder()
                .setRequestorId(RaftPeerId.valueOf("somebody").toByteString())
                .setReplyId(RaftPeerId.valueOf(meant).toByteString())
                .setRaftGroupId(RaftGroupIdProto.newBuilder()
                        .setId(division.getMemberId().getGroupId().toByteString()))
                .build();
    }

    @Test
    void aVoteThatAnotherOneIsAskedForIsNotGiven() {
        var votes = RaftServerProtocolServiceGrpc.newBlockingStub(channel);
        var asked = RequestVoteRequestProto.newBuilder().setServerRequest(request(OTHER));

        assertThatThrownBy(() -> votes.requestVote(asked.build()))
                .hasMessageContaining("FAILED_PRECONDITION")
                .hasMessageContaining("this was meant for member " + OTHER);
    }

    @Test
    void aVoteThatThisOneIsAskedForIsAnswered() {
        var self = Check.present(group.places.getFirst().member().node().division(), "a group")
                .getMemberId()
                .getPeerId()
                .toString();
        var asked = RequestVoteRequestProto.newBuilder().setServerRequest(request(self));

        var reply = RaftServerProtocolServiceGrpc.newBlockingStub(channel).requestVote(asked.build());

        assertThat(reply.getServerReply().getReplyId().toStringUtf8()).isEqualTo(self);
    }

    @Test
    void entriesThatAreMeantForAnotherOneAreNotTaken() throws Exception {
        var ended = new CompletableFuture<String>();
        var stream = RaftServerProtocolServiceGrpc.newStub(channel).appendEntries(new StreamObserver<>() {
            @Override
            public void onNext(AppendEntriesReplyProto reply) {
                ended.complete("taken: " + reply);
            }

            @Override
            public void onError(Throwable failed) {
                ended.complete(String.valueOf(failed.getMessage()));
            }

            @Override
            public void onCompleted() {
                ended.complete("ended");
            }
        });

        stream.onNext(AppendEntriesRequestProto.newBuilder()
                .setServerRequest(request(OTHER))
                .setLeaderTerm(99)
                .build());

        assertThat(ended.get(20, TimeUnit.SECONDS)).contains("meant for member " + OTHER);
        group.leader(); // Nobody has heard of the term 99.
        assertThat(Check.present(group.places.getFirst().member().node().division(), "a group")
                        .getInfo()
                        .getCurrentTerm())
                .isLessThan(99);
    }
}
