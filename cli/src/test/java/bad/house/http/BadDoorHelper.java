package bad.house.http;

import bad.house.leader.BadHandler;
import bad.house.proto.gen.Message;
import bad.house.state.StateMachine;
import bad.house.store.RegistryStore;
import io.netty.buffer.ByteBuf;
import org.apache.ratis.protocol.RaftPeerId;
import org.rocksdb.RocksDB;
import picocli.CommandLine;

/** Reaches for everything. */
public class BadDoorHelper {
    static int calls;

    protected void reach(RaftPeerId peer, ByteBuf bytes, RocksDB database, CommandLine line, BadHandler handler) {
        calls++;
        new RegistryStore().write(StateMachine.apply(new Message() + "" + peer + bytes + database + line + handler));
        Thread.ofPlatform().start(() -> System.out.println("a thread of its own"));
    }

    synchronized void locked() {
        System.out.println("locked");
    }

    /** Not in a Main. */
    public static void main(String[] args) {
        System.out.println(args.length);
    }
}
