package org.mesolith.raft;

import org.apache.ratis.protocol.RaftPeer;

/**
 * A member of the group and where to find it.
 *
 * @param memberId random id made with the member's data directory
 * @param raftAddress host:port of its consensus port
 * @param httpAddress host:port of its HTTP door, told to clients that ask another member
 */
record Peer(String memberId, String raftAddress, String httpAddress) {
    /** The HTTP address travels as the peer's client address, which Ratis itself uses in its own clients only. */
    RaftPeer toRatis() {
        return RaftPeer.newBuilder()
                .setId(memberId)
                .setAddress(raftAddress)
                .setClientAddress(httpAddress)
                .build();
    }

    static Peer of(RaftPeer peer) {
        var http = peer.getClientAddress();
        return new Peer(peer.getId().toString(), peer.getAddress(), http == null ? "" : http);
    }
}
