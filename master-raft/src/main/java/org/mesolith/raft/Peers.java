package org.mesolith.raft;

import java.util.List;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.mesolith.log.MemberAddress;

/** Member addresses as Ratis' peers and back. */
final class Peers {
    private Peers() {}

    /** The HTTP door travels as the peer's client address, which Ratis uses in its own clients only. */
    static RaftPeer toRatis(MemberAddress member) {
        return RaftPeer.newBuilder()
                .setId(member.member())
                .setAddress(member.raftAuthority())
                .setClientAddress(member.httpAuthority())
                .build();
    }

    static MemberAddress of(RaftPeer peer) {
        var http = peer.getClientAddress();
        return new MemberAddress(
                peer.getId().toString(),
                host(peer.getAddress()),
                port(peer.getAddress()),
                http == null ? 0 : port(http));
    }

    static RaftGroup group(String groupId, List<MemberAddress> members) {
        return RaftGroup.valueOf(
                groupId(groupId), members.stream().map(Peers::toRatis).toList());
    }

    static RaftGroupId groupId(String uuid) {
        return RaftGroupId.valueOf(UUID.fromString(uuid));
    }

    private static String host(String authority) {
        var host = authority.substring(0, authority.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String authority) {
        return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    }
}
