package org.mesolith.raft;

import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another member is asked for. Ratis carries out whatever arrives at its port: so a leader that still
 * writes to a member whose disk was lost would write to the new one that was started at the same address, behind the
 * back of the one who brings that one up to date, and it would never catch up.
 */
final class MeantForUs implements ServerInterceptor, GrpcServices.Customizer {
    private final RaftPeerId self;

    MeantForUs(RaftPeerId self) {
        this.self = self;
    }

    @Override
    public NettyServerBuilder customize(NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
        return builder.intercept(this);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var closed = new AtomicBoolean();
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                if (closed.get()) {
                    return;
                }
                String other = other(message);
                if (other == null) {
                    super.onMessage(message);
                } else if (closed.compareAndSet(false, true)) {
                    call.close(
                            Status.FAILED_PRECONDITION.withDescription(
                                    "this was meant for member " + other + ", and here is " + self),
                            new Metadata());
                }
            }

            @Override
            public void onHalfClose() {
                if (!closed.get()) {
                    super.onHalfClose();
                }
            }
        };
    }

    /** For whom it was meant; null if for us, or for anybody. */
    private @Nullable String other(Object message) {
        RaftRpcRequestProto request = switch (message) {
            case AppendEntriesRequestProto append -> append.getServerRequest();
            case RequestVoteRequestProto vote -> vote.getServerRequest();
            case InstallSnapshotRequestProto install -> install.getServerRequest();
            case StartLeaderElectionRequestProto election -> election.getServerRequest();
            case ReadIndexRequestProto read -> read.getServerRequest();
            default -> RaftRpcRequestProto.getDefaultInstance();
        };
        var meant = request.getReplyId();
        return meant.isEmpty() || meant.equals(self.toByteString()) ? null : meant.toStringUtf8();
    }
}
