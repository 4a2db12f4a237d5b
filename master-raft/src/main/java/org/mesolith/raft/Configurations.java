package org.mesolith.raft;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of a group in the order of the log, as Ratis keeps them in memory; it has no public door to them.
 * Any thread.
 */
final class Configurations {
    private static final System.Logger LOG = System.getLogger("org.mesolith.raft");

    private record Doors(MethodHandle state, MethodHandle history, MethodHandle entries, MethodHandle forget) {}

    /** Null when this version of Ratis keeps them otherwise. */
    private static final @Nullable Doors DOORS = find();

    private final Doors doors;
    private final Object history;

    private Configurations(Doors doors, Object history) {
        this.doors = doors;
        this.history = history;
    }

    private static @Nullable Doors find() {
        try {
            var own = MethodHandles.lookup();
            var server = Class.forName("org.apache.ratis.server.impl.RaftServerImpl");
            var state = Class.forName("org.apache.ratis.server.impl.ServerState");
            var history = Class.forName("org.apache.ratis.server.impl.ConfigurationManager");
            var inHistory = MethodHandles.privateLookupIn(history, own);
            return new Doors(
                    MethodHandles.privateLookupIn(server, own)
                            .findVirtual(server, "getState", MethodType.methodType(state)),
                    MethodHandles.privateLookupIn(state, own).findGetter(state, "configurationManager", history),
                    inHistory.findGetter(history, "configurations", NavigableMap.class),
                    inHistory.findVirtual(
                            history, "removeConfigurations", MethodType.methodType(void.class, long.class)));
        } catch (ReflectiveOperationException changed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this version of Ratis does not show its configurations: a second member that dies while it is"
                            + " added must be recovered by hand",
                    changed);
            return null;
        }
    }

    /** Null when this version of Ratis does not show them. */
    static @Nullable Configurations of(RaftServer.Division division) {
        var doors = DOORS;
        return doors == null
                ? null
                : new Configurations(doors, call(() -> doors.history.invoke(doors.state.invoke(division))));
    }

    /** Newest first. */
    List<RaftConfiguration> newestFirst() {
        synchronized (history) {
            var entries = (NavigableMap<?, ?>) call(() -> doors.entries.invoke(history));
            return new TreeMap<>(entries)
                    .descendingMap().values().stream()
                            .map(RaftConfiguration.class::cast)
                            .toList();
        }
    }

    /** Goes by this one again, which is in the log, as if those after it were not. Memory only. */
    void goBackTo(RaftConfiguration earlier) {
        call(() -> {
            doors.forget.invoke(history, earlier.getLogEntryIndex() + 1);
            return history;
        });
    }

    private interface Call {
        Object make() throws Throwable;
    }

    private static Object call(Call call) {
        try {
            return call.make();
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable fault) {
            throw new IllegalStateException(fault);
        }
    }
}
