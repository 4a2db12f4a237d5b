package org.mesolith.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/** How sockets are driven: epoll where the machine has it, else nio. */
enum Transport {
    EPOLL,
    NIO;

    /**
     * How many bytes the kernel may hold of a connection before the channel counts as full. Without it the kernel takes
     * megabytes for a reader that does not read, and the bound of an outbox would not be the bound.
     */
    private static final int KERNEL_BYTES_MAX = 32 << 10;
    /**
     * The same for nio, which has no finer means; below the largest segment (64 KiB on loopback) each write waits 40
     * ms.
     */
    private static final int NIO_SEND_BUFFER_BYTES = 192 << 10;

    /** The best that this machine has. */
    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** The one that drives this channel. */
    static Transport of(Channel channel) {
        return channel instanceof EpollSocketChannel ? EPOLL : NIO;
    }

    MultiThreadIoEventLoopGroup group(String name, int threads) {
        IoHandlerFactory factory = switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), factory);
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    Class<? extends ServerChannel> serverDomainChannel() {
        return switch (this) {
            case EPOLL -> EpollServerDomainSocketChannel.class;
            case NIO -> NioServerDomainSocketChannel.class;
        };
    }

    SocketAddress domainAddress(Path path) {
        return switch (this) {
            case EPOLL -> new DomainSocketAddress(path.toString());
            case NIO -> UnixDomainSocketAddress.of(path);
        };
    }

    Class<? extends Channel> clientChannel() {
        return switch (this) {
            case EPOLL -> EpollSocketChannel.class;
            case NIO -> NioSocketChannel.class;
        };
    }

    /**
     * Sets what every connection of ours needs.
     *
     * @param silence after so long without a sign of life from the peer's kernel the connection is given up; user
     *     timeout covers the time when something is sent, keepalive the rest
     */
    void prepare(Channel channel, Duration silence) {
        int millis = Math.toIntExact(silence.toMillis());
        int idleSeconds = Math.max(1, millis / 2_000);
        int intervalSeconds = Math.max(1, millis / 6_000);
        ChannelConfig config = channel.config();
        config.setOption(ChannelOption.TCP_NODELAY, true);
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        switch (this) {
            case EPOLL -> {
                config.setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) KERNEL_BYTES_MAX);
                config.setOption(EpollChannelOption.TCP_USER_TIMEOUT, millis);
                config.setOption(EpollChannelOption.TCP_KEEPIDLE, idleSeconds);
                config.setOption(EpollChannelOption.TCP_KEEPINTVL, intervalSeconds);
                config.setOption(EpollChannelOption.TCP_KEEPCNT, 3);
            }
            case NIO -> {
                config.setOption(ChannelOption.SO_SNDBUF, NIO_SEND_BUFFER_BYTES);
                config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), idleSeconds);
                config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), intervalSeconds);
                config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);
            }
        }
    }

    /**
     * Sets what a connection over a domain socket needs. The kernel sees at once when the peer is gone, and takes no
     * more than some hundred KiB for one that does not read.
     */
    static void prepareDomain(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /**
     * Closes; what was handed to the kernel is still delivered. How it ends is seen where the channel's end is seen.
     */
    static void close(Channel channel) {
        var _ = channel.close();
    }

    /** Closes with a reset: what was not delivered is lost, and nothing of it lingers in the kernel. */
    static void cut(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        close(channel);
    }

    /** Runs the action on the event loop when this is over, and tells it whether it went well. */
    static void whenDone(ChannelFuture future, Consumer<Boolean> action) {
        var _ = future.addListener(done -> action.accept(done.isSuccess()));
    }

    /** Stops the threads; ours have nothing left to do, so there is no quiet time to wait for. */
    static void stop(MultiThreadIoEventLoopGroup group) {
        var _ = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
