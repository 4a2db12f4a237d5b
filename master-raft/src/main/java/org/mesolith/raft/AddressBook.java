package org.mesolith.raft;

import java.io.Closeable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpcWithProxy;
import org.apache.ratis.util.PeerProxyMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.log.MemberAddress;

/**
 * Where the members are now. The group's configuration names them by id, with the address they had when they came;
 * Ratis takes a new address of an old id for no change, and a connection once made never looks for another one. So what
 * a member says of itself is put here, over the configuration. Any thread.
 */
final class AddressBook {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    /**
     * How Ratis keeps its connections, which it never offers to exchange.
     *
     * @param peers of a map of connections: the map behind it, by id
     * @param peer of a connection: where it leads
     * @param make a connection, not opened yet, for such a map and a peer
     * @param end takes what is open out of a connection and lets nobody open it again
     */
    private record Doors(MethodHandle peers, MethodHandle peer, MethodHandle make, MethodHandle end) {}

    /** Null when this version of Ratis keeps them elsewhere. */
    private static final @Nullable Doors DOORS = findDoors();

    private final MemberAddress self;
    private final RaftServer server;
    private final SortedMap<String, MemberAddress> present = new ConcurrentSkipListMap<>();

    AddressBook(MemberAddress self, RaftServer server) {
        this.self = self;
        this.server = server;
        present.put(self.member(), self);
    }

    private static @Nullable Doors findDoors() {
        try {
            var map = PeerProxyMap.class;
            var entry = Class.forName(map.getName() + "$PeerAndProxy");
            var in = MethodHandles.privateLookupIn(entry, MethodHandles.lookup());
            return new Doors(
                    MethodHandles.privateLookupIn(map, MethodHandles.lookup()).findGetter(map, "peers", Map.class),
                    in.findVirtual(entry, "getPeer", MethodType.methodType(RaftPeer.class)),
                    in.findConstructor(entry, MethodType.methodType(void.class, map, RaftPeer.class)),
                    in.findVirtual(entry, "setNullProxyAndClose", MethodType.methodType(Optional.class)));
        } catch (ReflectiveOperationException changed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this version of Ratis keeps its connections elsewhere: a member that moves is met again only"
                            + " after it was removed and added",
                    changed);
            return null;
        }
    }

    /** The member where it is now. */
    MemberAddress present(MemberAddress configured) {
        return present.getOrDefault(configured.member(), configured);
    }

    /** A member is here from now on. */
    void learn(MemberAddress member) {
        if (member.member().equals(self.member()) || member.equals(present.put(member.member(), member))) {
            return;
        }
        if (DOORS != null && server.getServerRpc() instanceof RaftServerRpcWithProxy<?, ?> rpc) {
            exchange(DOORS, rpc.getProxies(), member);
        }
    }

    /** The connection to this member is closed; the next one is made where it is now. */
    void reconnect(MemberAddress member) {
        if (server.getServerRpc() instanceof RaftServerRpcWithProxy<?, ?> rpc) {
            rpc.getProxies().resetProxy(RaftPeerId.valueOf(member.member()));
        }
    }

    /** The next connection is made to the new address; the one to the old address is closed. */
    private static void exchange(Doors doors, PeerProxyMap<?> connections, MemberAddress member) {
        try {
            if (doors.peers.invoke(connections) instanceof Map<?, ?> map) {
                @SuppressWarnings("unchecked") // The map's own value type is private.
                var entries = (Map<RaftPeerId, Object>) map;
                var id = RaftPeerId.valueOf(member.member());
                var now = entries.get(id);
                if (now != null
                        && doors.peer.invoke(now) instanceof RaftPeer peer
                        && member.raftAuthority().equals(peer.getAddress())) {
                    return;
                }
                var fresh = doors.make.invoke(connections, Peers.toRatis(member));
                var old = entries.put(id, fresh);
                if (old != null
                        && doors.end.invoke(old) instanceof Optional<?> open
                        && open.isPresent()
                        && open.get() instanceof Closeable connection) {
                    connection.close();
                }
            }
        } catch (Error fatal) {
            throw fatal;
        } catch (Throwable failed) {
            LOG.log(System.Logger.Level.WARNING, "the connection to " + member + " is not made anew", failed);
        }
    }
}
