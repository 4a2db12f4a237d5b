package org.mesolith.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * TCP connections between processes of this machine, led through this one, so that they can be cut, slowed and broken
 * without any right on the network. Each direction between two processes has its own {@link Trick}s. A connection that
 * is opened during a cut hangs, as does what is sent; when the cut is over all of it arrives, as if packets had been
 * lost and sent again. Any thread.
 */
public final class Wires implements AutoCloseable {
    /** Connections at a time; who calls beyond is refused. */
    private static final int CONNECTIONS_MAX = 4_000;

    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 128;
    private static final long LOOK_NANOS = 20_000_000;
    private static final Duration SHUT_MAX = Duration.ofSeconds(10);

    /** Who opened a connection. */
    public interface Callers {
        /**
         * The name of the process that holds the end with the port {@code near} of a connection to the port
         * {@code far}; the empty text for anybody else.
         */
        String of(int near, int far);
    }

    /** A guard on its post. */
    public interface Guarded extends AutoCloseable {
        /** Lets it go. */
        @Override
        void close();
    }

    /** Tricks that are played; the end of it is the end of them, and of nothing that others play. */
    public final class Play implements AutoCloseable {
        private final List<Way> ways;
        private final Trick trick;
        private boolean over;

        private Play(Collection<Way> ways, Trick trick) {
            this.ways = List.copyOf(ways);
            this.trick = trick;
        }

        /** Ends it; a second time does nothing. One thread. */
        @Override
        public void close() {
            if (!over) {
                over = true;
                ways.forEach(way -> route(way).remove(trick));
            }
        }
    }

    private final Callers callers;
    private final Map<Way, Route> routes = new ConcurrentHashMap<>();
    private final Map<Integer, End> ends = new ConcurrentHashMap<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Consumer<String>> guards = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Wires between those whose names {@code callers} knows; connections of others are never touched. */
    public Wires(Callers callers) {
        this.callers = callers;
    }

    /**
     * Listens on {@code port} of the loopback for what is meant for {@code name}, whose port is {@code target}.
     *
     * @throws IllegalStateException if the port is taken
     */
    public void lead(int port, String name, IntSupplier target) {
        lead(port, null, name, target);
    }

    /** The same for one caller only: whoever calls there counts as {@code caller}. */
    public void lead(int port, @Nullable String caller, String name, IntSupplier target) {
        var end = new End(port, caller, name, target);
        end.open();
        ends.put(port, end);
    }

    /** Plays a trick in each of these directions, until it is closed. */
    public Play play(Collection<Way> ways, Trick trick) {
        var play = new Play(ways, trick);
        play.ways.forEach(way -> route(way).add(trick));
        if (trick.isDead()) {
            on(play.ways).forEach(Connection::die);
        }
        return play;
    }

    /**
     * From now on whoever opens a connection is named to this guard before a byte of it is led on, and waits until it
     * returns; the end of what comes back is the end of that.
     */
    public Guarded guardedBy(Consumer<String> guard) {
        guards.add(guard);
        return () -> guards.remove(guard);
    }

    /** Breaks every connection between two that are joined by one of these ways; returns how many there were. */
    public int reset(Collection<Way> ways) {
        List<Connection> broken = on(ways);
        broken.forEach(Connection::reset);
        return broken.size();
    }

    private List<Connection> on(Collection<Way> ways) {
        return connections.stream()
                .filter(connection -> ways.stream().anyMatch(connection::goes))
                .toList();
    }

    /** Its process is gone: from now on connections to it are refused, as without wires. */
    public void isDown(String name) {
        ends.values().stream().filter(end -> end.name.equals(name)).forEach(End::shut);
    }

    /**
     * Its process is about to start: connections to it are refused until it listens, as without wires. Returns at once.
     */
    public void isUp(String name) {
        ends.values().stream().filter(end -> end.name.equals(name)).forEach(End::expect);
    }

    /** How many connections are led at this moment. */
    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        closed = true;
        ends.values().forEach(End::shut);
        connections.forEach(Connection::close);
    }

    private Route route(Way way) {
        return routes.computeIfAbsent(way, Route::new);
    }

    /** Where connections for one process arrive. */
    private final class End {
        private final int port;
        private final @Nullable String caller;
        private final String name;
        private final IntSupplier target;
        private final ReentrantLock lock = new ReentrantLock();
        private final List<ServerSocket> listening = new ArrayList<>(1);
        private boolean isExpected;
        private @Nullable Thread accepting;

        End(int port, @Nullable String caller, String name, IntSupplier target) {
            this.port = port;
            this.caller = caller;
            this.name = name;
            this.target = target;
        }

        private void open() {
            lock.lock();
            try {
                if (listening.isEmpty() && !closed) {
                    listen();
                }
            } finally {
                lock.unlock();
            }
        }

        private void listen() {
            try {
                var socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
                listening.add(socket);
                accepting =
                        Thread.ofPlatform().name("wire to " + name).daemon(true).start(() -> accept(socket));
            } catch (IOException taken) {
                throw new IllegalStateException(
                        "cannot listen on port " + port + " for " + name + ": " + taken.getMessage()
                                + "; another process has it, begin again",
                        taken);
            }
        }

        /** Opens as soon as the target listens. */
        private void expect() {
            lock.lock();
            try {
                shut();
                isExpected = true;
            } finally {
                lock.unlock();
            }
            Thread.ofVirtual().name("wire to " + name).start(() -> {
                while (!openedIfTargetListens()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            });
        }

        /** True also when it is expected no more. */
        private boolean openedIfTargetListens() {
            boolean listens = listens(target.getAsInt());
            lock.lock();
            try {
                if (isExpected && !closed && listens) {
                    open();
                    isExpected = false;
                }
                return !isExpected || closed;
            } catch (IllegalStateException taken) {
                return false; // For a moment, perhaps; who calls is refused or meets somebody else until then.
            } finally {
                lock.unlock();
            }
        }

        private void shut() {
            lock.lock();
            try {
                isExpected = false;
                listening.forEach(Connection::release);
                listening.clear();
                awaitRefusal();
            } finally {
                lock.unlock();
            }
        }

        /** A port is open for as long as a thread is asking the system for the next connection, also after its end. */
        private void awaitRefusal() {
            Thread asking = accepting;
            accepting = null;
            try {
                if (asking != null && !asking.join(SHUT_MAX)) {
                    throw new IllegalStateException("the wire to " + name + " was shut and still accepts connections");
                }
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }

        private void accept(ServerSocket socket) {
            while (!socket.isClosed()) {
                try {
                    Socket from = socket.accept();
                    if (connections.size() >= CONNECTIONS_MAX) {
                        Connection.reset(from);
                    } else {
                        Thread.ofVirtual().name("wire to " + name).start(() -> connect(from));
                    }
                } catch (IOException ended) {
                    return; // Shut, or out of handles: then whoever calls is refused.
                }
            }
        }

        private void connect(Socket from) {
            var to = new Socket();
            try {
                String who = caller == null ? callers.of(from.getPort(), port) : caller;
                guards.forEach(guard -> guard.accept(who));
                Route there = route(new Way(who, name));
                Route back = route(new Way(name, who));
                shakeHands(there, back);
                to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()), CONNECT_MILLIS);
                from.setTcpNoDelay(true);
                to.setTcpNoDelay(true);
                lead(from, to, there, back);
            } catch (IOException refused) {
                Connection.reset(from);
                Connection.release(to);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                Connection.release(from);
                Connection.release(to);
            }
        }

        /** A connection needs both directions. */
        private void shakeHands(Route there, Route back) throws InterruptedException {
            long start = System.nanoTime();
            long due = there.dueAfter(start) - start + (back.dueAfter(start) - start);
            LockSupport.parkNanos(due);
            there.awaitOpen();
            back.awaitOpen();
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void lead(Socket from, Socket to, Route there, Route back) {
        var connection = new Connection(from, to, there, back, connections::remove);
        connections.add(connection);
        if (there.isDead() || back.isDead()) {
            connection.die();
        }
        connection.start();
        if (closed) {
            connection.close();
        }
    }
}
