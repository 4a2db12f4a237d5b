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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server: one virtual thread a call, one call a connection at a time, limits and deadlines on everything.
 * Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 1024;

    private final ServerSettings settings;
    private final HttpHandler handler;
    private final MultiThreadIoEventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final WireStats.Counters counters = new WireStats.Counters();
    private final Gather.Budget budget;
    private final Channel door;
    private final InetSocketAddress address;
    private volatile boolean closing;

    private HttpServer(ServerSettings settings, HttpHandler handler, Transport transport) throws IOException {
        this.settings = settings;
        this.handler = handler;
        this.budget = new Gather.Budget(settings.limits().requestBytesMax());
        this.loops = transport.group("wire", settings.eventLoops());
        this.door = bind(transport);
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

    private Channel bind(Transport transport) throws IOException {
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, transport);
                    }
                });
        ChannelFuture bound = bootstrap.bind(settings.bind()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Transport.stop(loops);
            throw new IOException(
                    "cannot listen on " + settings.bind() + ": " + bound.cause().getMessage()
                            + "; is the address of this machine and the port free?",
                    bound.cause());
        }
        return bound.channel();
    }

    private void accept(Channel channel, Transport transport) {
        boolean gone = channel.remoteAddress() == null;
        if (gone
                || closing
                || counters.connectionsOpen.get() >= settings.limits().connectionsMax()) {
            counters.connectionsRefused.increment();
            LOG.debug("refused a connection from {}: {} are open", channel.remoteAddress(), counters.connectionsOpen);
            Transport.close(channel);
            return;
        }
        counters.connectionsOpen.incrementAndGet();
        Transport.whenDone(channel.closeFuture(), closed -> counters.connectionsOpen.decrementAndGet());
        transport.prepare(channel, settings.deadlines().write());
        connections.add(channel);
        channel.pipeline().addLast("http", new Connection(this, channel));
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

    HttpHandler handler() {
        return handler;
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
