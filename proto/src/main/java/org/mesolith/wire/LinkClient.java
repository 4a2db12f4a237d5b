package org.mesolith.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens links to a server. Holds one event loop for all of them; thread-safe. */
public final class LinkClient implements AutoCloseable {
    private final LinkSettings settings;
    private final Transport transport;
    private final MultiThreadIoEventLoopGroup loop;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final WireStats.Counters counters = new WireStats.Counters();

    private LinkClient(LinkSettings settings, Transport transport) {
        this.settings = settings;
        this.transport = transport;
        this.loop = transport.group("link", 1);
    }

    /** Starts the event loop. */
    public static LinkClient start(LinkSettings settings) {
        return start(settings, Transport.best());
    }

    static LinkClient start(LinkSettings settings, Transport transport) {
        return new LinkClient(settings, transport);
    }

    /**
     * Connects, asks for the upgrade and waits for the answer; blocks, so call it on a virtual thread.
     *
     * @param address where to; resolved here if it is not
     * @param path begins with {@code /}, sent as it is
     * @param headers to add, such as {@code Authorization}
     * @param deadline for all of it together, but for resolving the address
     * @throws InterruptedException if the thread was interrupted; the attempt is given up
     */
    public LinkDial connect(InetSocketAddress address, String path, Headers headers, Duration deadline)
            throws InterruptedException {
        InetSocketAddress target;
        try {
            target = address.isUnresolved()
                    ? new InetSocketAddress(InetAddress.getByName(address.getHostString()), address.getPort())
                    : address;
        } catch (UnknownHostException unknown) {
            return new LinkDial.Failed("the name " + address.getHostString() + " is not known");
        }
        var result = new CompletableFuture<LinkDial>();
        ChannelFuture connecting = dial(target, request(address, path, headers), result);
        try {
            return result.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return giveUp(result, connecting, target + " did not answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            giveUp(result, connecting, "interrupted");
            throw interrupted;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The answer may have come in the same moment; then it counts. */
    private static LinkDial giveUp(CompletableFuture<LinkDial> result, ChannelFuture connecting, String reason) {
        if (result.complete(new LinkDial.Failed(reason))) {
            Transport.close(connecting.channel());
        }
        return result.join();
    }

    private ChannelFuture dial(InetSocketAddress target, byte[] request, CompletableFuture<LinkDial> result) {
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.clientChannel())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        transport.prepare(channel, settings.peerTimeout());
                        connections.add(channel);
                        channel.pipeline().addLast(new Dialer(request, settings, counters, result));
                    }
                });
        ChannelFuture connecting = bootstrap.connect(target);
        var _ = connecting.addListener(done -> {
            if (!done.isSuccess()) {
                result.complete(new LinkDial.Failed(
                        "cannot connect to " + target + ": " + done.cause().getMessage()));
            }
        });
        return connecting;
    }

    private static byte[] request(InetSocketAddress address, String path, Headers headers) {
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("path '" + Headers.printable(path) + "' cannot be sent as it is");
        }
        var text = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\nHost: ");
        String host = address.getHostString();
        text.append(host.indexOf(':') < 0 ? host : "[" + host + "]").append(':').append(address.getPort());
        text.append("\r\nConnection: upgrade\r\nUpgrade: ")
                .append(Link.PROTOCOL)
                .append("\r\n");
        for (Headers.Field field : headers.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Closes all links of this client and stops the event loop. */
    @Override
    public void close() {
        var _ = connections.close().awaitUninterruptibly(1_000);
        Transport.stop(loop);
    }

    /**
     * The client's half of an upgrade: asks, reads the answer, then hands the connection to the link. On the loop
     * only.
     */
    private static final class Dialer extends ChannelInboundHandlerAdapter {
        private static final int HEAD_BYTES_MAX = 32 << 10;
        private static final int BODY_BYTES_MAX = 64 << 10;
        private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        private final byte[] request;
        private final LinkSettings settings;
        private final WireStats.Counters counters;
        private final CompletableFuture<LinkDial> result;
        private final ByteBuf answer = Unpooled.buffer();

        Dialer(byte[] request, LinkSettings settings, WireStats.Counters counters, CompletableFuture<LinkDial> result) {
            this.request = request;
            this.settings = settings;
            this.counters = counters;
            this.result = result;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var _ = context.writeAndFlush(Unpooled.wrappedBuffer(request));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            var in = (ByteBuf) message;
            answer.writeBytes(in);
            in.release();
            read(context, false);
        }

        private void read(ChannelHandlerContext context, boolean ended) {
            int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEAD), answer);
            if (end < 0) {
                if (ended || answer.readableBytes() > HEAD_BYTES_MAX) {
                    fail(context, "the peer closed the connection, or its answer is not HTTP");
                }
                return;
            }
            List<String> lines =
                    List.of(answer.toString(0, end, StandardCharsets.ISO_8859_1).split("\r\n", -1));
            var fields = new ArrayList<Headers.Field>();
            if (!lines.getFirst().matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")
                    || HeadParser.fields(lines.subList(1, lines.size()), fields) != null) {
                fail(context, "the peer's answer is not HTTP/1.1: " + Headers.printable(lines.getFirst()));
                return;
            }
            int status = Integer.parseInt(lines.getFirst().substring(9, 12));
            answer.readerIndex(end + END_OF_HEAD.length);
            if (status == 101) {
                upgraded(context, new Headers(fields));
            } else {
                refused(context, status, new Headers(fields), ended);
            }
        }

        private void upgraded(ChannelHandlerContext context, Headers headers) {
            if (headers.list("Upgrade").stream().noneMatch(Link.PROTOCOL::equalsIgnoreCase)) {
                fail(context, "the peer upgraded to something that is not " + Link.PROTOCOL);
                return;
            }
            var link = new ChannelLink(context.channel(), settings, counters);
            ByteBuf rest = answer.readRetainedSlice(answer.readableBytes());
            context.pipeline().replace(this, "link", link.handler());
            link.open();
            // What came behind the answer are the link's first bytes.
            context.channel().pipeline().fireChannelRead(rest);
            if (!result.complete(new LinkDial.Connected(link))) {
                Transport.close(context.channel());
            }
        }

        private void refused(ChannelHandlerContext context, int status, Headers headers, boolean ended) {
            long length = headers.first("Content-Length")
                    .filter(text -> text.matches("[0-9]{1,18}"))
                    .map(Long::parseLong)
                    .orElse(Long.MAX_VALUE);
            int have = answer.readableBytes();
            if (have < Math.min(length, BODY_BYTES_MAX) && !ended) {
                answer.readerIndex(0);
                return;
            }
            var body = new byte[(int) Math.min(have, Math.min(length, BODY_BYTES_MAX))];
            answer.readBytes(body);
            result.complete(new LinkDial.Refused(status, headers, Body.of(body)));
            Transport.close(context.channel());
        }

        private void fail(ChannelHandlerContext context, String reason) {
            result.complete(new LinkDial.Failed(context.channel().remoteAddress() + ": " + reason));
            Transport.close(context.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                read(context, true);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(context, "the connection was closed before an answer came");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(context, "the connection failed: " + cause.getMessage());
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            answer.release();
        }
    }
}
