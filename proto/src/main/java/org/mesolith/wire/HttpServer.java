package org.mesolith.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server: one virtual thread a call, one call a connection at a time, limits and deadlines on everything.
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;

    /** Who calls over a domain socket: somebody on this machine. */
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final ServerSettings settings;
    private final Transport transport;
    private final MultiThreadIoEventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final WireStats.Counters counters = new WireStats.Counters();
    private final Gather.Budget budget;
    private final Channel door;
    private final InetSocketAddress address;
    private @Nullable Channel localDoor;
    private volatile boolean closing;

    private HttpServer(ServerSettings settings, HttpHandler handler, Transport transport) throws IOException {
        this.settings = settings;
        this.transport = transport;
        this.budget = new Gather.Budget(settings.limits().requestBytesMax());
        this.loops = transport.group("wire", settings.eventLoops());
        this.door = bind(handler);
        this.address = (InetSocketAddress) door.localAddress();
    }

    /**
     * Binds and begins to answer.
     *
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static HttpServer start(ServerSettings settings, HttpHandler handler) throws IOException {
        return start(settings, handler, Transport.best());
    }

    static HttpServer start(ServerSettings settings, HttpHandler handler, Transport transport) throws IOException {
        return new HttpServer(settings, handler, transport);
    }

    private Channel bind(HttpHandler handler) throws IOException {
        var bootstrap = new ServerBootstrap()
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (accept(channel, handler, (InetSocketAddress) channel.remoteAddress())) {
                            transport.prepare(channel, settings.deadlines().write());
                        }
                    }
                });
        try {
            var at = settings.bind();
            return bind(bootstrap, at, at.toString(), "is the address of this machine and the port free?");
        } catch (IOException refused) {
            Transport.stop(loops);
            throw refused;
        }
    }

    private Channel bind(ServerBootstrap bootstrap, SocketAddress at, String name, String hint) throws IOException {
        ChannelFuture bound = bootstrap
                .group(loops)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .bind(at)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + name + ": " + bound.cause().getMessage() + "; " + hint, bound.cause());
        }
        return bound.channel();
    }

    /**
     * Answers at a Unix domain socket, too, with a handler of its own and within the same limits. Who calls there is
     * shown as the loopback address with port 0. The file of a server that is gone is replaced; ours goes when this is
     * closed.
     *
     * @throws IOException if nobody can listen there; the message names the path
     * @throws IllegalStateException when it already has one, or is closed
     */
    public synchronized void alsoAt(DomainSocket socket, HttpHandler handler) throws IOException {
        if (localDoor != null || closing) {
            throw new IllegalStateException("a server has one domain socket, and none once it is closed");
        }
        socket.makeRoom();
        var bootstrap = new ServerBootstrap()
                .channel(transport.serverDomainChannel())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (accept(channel, handler, LOCAL)) {
                            Transport.prepareDomain(channel);
                        }
                    }
                });
        var path = socket.path();
        localDoor = bind(bootstrap, transport.domainAddress(path), path.toString(), "may this user write there?");
        socket.admit();
    }

    /** False for a connection that is not taken. */
    private boolean accept(Channel channel, HttpHandler handler, @Nullable InetSocketAddress caller) {
        if (caller == null
                || closing
                || counters.connectionsOpen.get() >= settings.limits().connectionsMax()) {
            counters.connectionsRefused.increment();
            LOG.debug("refused a connection from {}: {} are open", caller, counters.connectionsOpen);
            Transport.close(channel);
            return false;
        }
        counters.connectionsOpen.incrementAndGet();
        Transport.whenDone(channel.closeFuture(), closed -> counters.connectionsOpen.decrementAndGet());
        connections.add(channel);
        channel.pipeline().addLast("http", new Connection(this, handler, caller, channel));
        return true;
    }

    /** Where it listens; the real port if 0 was asked. */
    public InetSocketAddress address() {
        return address;
    }

    /** The counters as of now. */
    public WireStats stats() {
        return counters.snapshot();
    }

    /**
     * Takes no more connections and requests, lets the calls under way finish, and ends what remains after the grace:
     * calls are interrupted, their connections closed. Streams and links are closed at once; those that should say
     * goodbye are ended by their owners before. Blocks until done; not to be called from an event loop.
     */
    public synchronized void close(Duration grace) {
        if (closing) {
            return;
        }
        closing = true;
        var _ = door.close().awaitUninterruptibly();
        if (localDoor != null) {
            var _ = localDoor.close().awaitUninterruptibly();
        }
        for (Channel channel : connections) {
            Connection connection = channel.pipeline().get(Connection.class);
            if (connection != null) {
                connection.execute(connection::retire);
            } else {
                Transport.close(channel);
            }
        }
        var _ = connections.newCloseFuture().awaitUninterruptibly(grace.toMillis());
        calls.forEach(Call::abort);
        var _ = connections.close().awaitUninterruptibly(1_000);
        Transport.stop(loops);
    }

    /** Closes without waiting for calls. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    // ---- for the connections

    ServerSettings settings() {
        return settings;
    }

    WireStats.Counters counters() {
        return counters;
    }

    Gather.Budget budget() {
        return budget;
    }

    boolean closing() {
        return closing;
    }

    /** Admits a call; false if too many are under way or the server closes. */
    boolean begin(Call call) {
        if (counters.callsUnderWay.incrementAndGet() > settings.limits().callsMax() || closing) {
            counters.callsUnderWay.decrementAndGet();
            counters.callsRefused.increment();
            return false;
        }
        counters.callsStarted.increment();
        calls.add(call);
        return true;
    }

    void ended(Call call) {
        calls.remove(call);
        counters.callsUnderWay.decrementAndGet();
    }
}
