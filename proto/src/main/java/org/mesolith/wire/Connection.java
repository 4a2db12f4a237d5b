package org.mesolith.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the server: reads a request, has it called, writes the answer, and so on; one at a time. All of it
 * happens on the connection's event loop, unless a method says otherwise.
 *
 * <pre>
 *   READING -> CALLING -> ANSWERING -> READING ...       every state but STREAMING has a deadline
 *                      -> STREAMING -> DRAINING          DRAINING: all is written; what still comes in is thrown
 *      refused ->         ANSWERING -> DRAINING          away, so that the client can read the answer before a reset
 * </pre>
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = new byte[0];

    private enum State {
        READING,
        CALLING,
        ANSWERING,
        STREAMING,
        DRAINING,
        CLOSED
    }

    private final HttpServer server;
    private final HttpHandler handler;
    private final InetSocketAddress caller;
    private final Channel channel;
    private final RequestReader reader;
    private final Alarm alarm;
    private final AnswerWriter writer;
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private State state = State.READING;
    private RequestReader.@Nullable Phase watched;
    private volatile boolean inputShut;
    private @Nullable ChannelOutbox stream;

    /**
     * @param handler that answers the calls
     * @param caller who is connected
     */
    Connection(HttpServer server, HttpHandler handler, InetSocketAddress caller, Channel channel) {
        this.server = server;
        this.handler = handler;
        this.caller = caller;
        this.channel = channel;
        this.reader = new RequestReader(server.settings().limits().bodyLimit(), server.budget());
        this.alarm = new Alarm(channel.eventLoop());
        Duration patience = server.settings().deadlines().write();
        this.writer = new AnswerWriter(channel, alarm, patience, server.counters().bytesOut);
    }

    // ---- what comes in

    @Override
    public void channelActive(ChannelHandlerContext context) {
        watchPhase();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        server.counters().bytesIn.add(in.readableBytes());
        switch (state) {
            case READING -> {
                keep(in);
                process();
            }
            case CALLING, ANSWERING -> {
                keep(in);
                if (pending.readableBytes() > server.settings().limits().pipelinedBytesMax()) {
                    channel.config().setAutoRead(false);
                }
            }
            case STREAMING, DRAINING, CLOSED -> in.release();
        }
    }

    private void keep(ByteBuf in) {
        if (pending.isReadable()) {
            pending.discardSomeReadBytes().writeBytes(in);
            in.release();
        } else {
            pending.release();
            pending = in;
        }
    }

    private void process() {
        while (state == State.READING) {
            switch (reader.next(pending)) {
                case RequestReader.Step.NeedsMore() -> {
                    if (inputShut) {
                        Transport.close(channel);
                    } else {
                        watchPhase();
                    }
                    forgetRead();
                    return;
                }
                case RequestReader.Step.WantsContinue() -> {
                    var _ = writer.write(AnswerBytes.CONTINUE);
                }
                case RequestReader.Step.Complete(var head, var body) -> call(head, body);
                case RequestReader.Step.Refused(var status, var text) -> refuse(status, text);
            }
        }
    }

    /** A connection that waits must not hold a buffer that it has read. */
    private void forgetRead() {
        if (!pending.isReadable()) {
            pending.release();
            pending = Unpooled.EMPTY_BUFFER;
        }
    }

    private void watchPhase() {
        RequestReader.Phase phase = reader.phase();
        if (phase == watched) {
            return;
        }
        watched = phase;
        ServerSettings.Deadlines deadlines = server.settings().deadlines();
        switch (phase) {
            case IDLE -> alarm.set(deadlines.idle(), () -> Transport.close(channel));
            case HEAD -> alarm.set(deadlines.head(), () -> refuseLate("head", deadlines.head()));
            case BODY -> alarm.set(deadlines.body(), () -> refuseLate("body", deadlines.body()));
        }
    }

    private void refuseLate(String what, Duration deadline) {
        refuse(408, "the request's " + what + " was not complete after " + deadline.toMillis() + " ms");
    }

    private void call(HeadParser.Head head, Gather body) {
        state = State.CALLING;
        forgetRead();
        var call = new Call(server, this, head, body);
        if (server.begin(call)) {
            ServerSettings.Deadlines deadlines = server.settings().deadlines();
            alarm.set(deadlines.call().plus(deadlines.callGrace()), call::late);
            call.start();
            return;
        }
        body.release();
        var busy = HttpAnswer.text(503, "The server is closing or has too many calls under way; try again.\n")
                .with("Retry-After", "1");
        // Not at once: a long row of refused requests would answer each other in ever deeper calls.
        var _ = execute(() -> answer(head, busy, head.keepAlive()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputShut = true;
            switch (state) {
                case READING -> process();
                // It gets its answer: many a simple client closes its half once it has asked.
                case CALLING, ANSWERING -> {}
                case STREAMING, DRAINING, CLOSED -> Transport.close(channel);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.CLOSED;
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("connection from {} failed and is closed", caller, cause);
        }
        Transport.close(channel);
    }

    /** Any thread: nothing more comes from the caller. */
    boolean callerLeft() {
        return inputShut || !channel.isActive();
    }

    private void release() {
        alarm.stop();
        reader.close();
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
        writer.kill();
        streamOver();
    }

    // ---- what goes out

    private void refuse(int status, String text) {
        state = State.CALLING;
        server.counters().requestsRefused.increment();
        reader.close();
        answer(null, HttpAnswer.text(status, text + "\n"), false);
    }

    /** Writes an answer and goes on with the next request, or closes if {@code keepAlive} is false. */
    void answer(HeadParser.@Nullable Head head, HttpAnswer.Full full, boolean keepAlive) {
        if (state != State.CALLING) {
            return;
        }
        state = State.ANSWERING;
        boolean stays = keepAlive && !server.closing();
        Headers own = connectionHeader(head, stays);
        if (full.status() != 204 && full.status() != 304) {
            own = own.with("Content-Length", Integer.toString(full.body().length()));
        }
        byte[] bytes = AnswerBytes.head(full.status(), own, full.headers());
        byte[] body = head != null && head.isHead() ? NOTHING : full.body().bytes();
        writer.send(bytes, body, stays ? this::next : this::drain);
    }

    /** The head that a GET would get, and no stream. */
    void answerHeadOf(HeadParser.Head head, HttpAnswer.Streaming streaming) {
        if (state == State.CALLING) {
            state = State.ANSWERING;
            byte[] bytes = AnswerBytes.head(streaming.status(), streamHeaders(head), streaming.headers());
            writer.send(bytes, NOTHING, this::drain);
        }
    }

    private static Headers connectionHeader(HeadParser.@Nullable Head head, boolean stays) {
        if (!stays) {
            return Headers.of("Connection", "close");
        }
        return head != null && head.http10() ? Headers.of("Connection", "keep-alive") : Headers.NONE;
    }

    private static Headers streamHeaders(HeadParser.Head head) {
        Headers close = Headers.of("Connection", "close");
        return head.http10() ? close : close.with("Transfer-Encoding", "chunked");
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writer.writable();
    }

    private void next() {
        if (state == State.ANSWERING) {
            state = State.READING;
            watched = null;
            channel.config().setAutoRead(true);
            process();
        }
    }

    /** All is written: says so, and throws away what still comes in until the client closes. */
    private void drain() {
        if (callerLeft()) {
            Transport.close(channel);
            return;
        }
        state = State.DRAINING;
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
        var _ = ((DuplexChannel) channel).shutdownOutput();
        channel.config().setAutoRead(true);
        alarm.set(server.settings().deadlines().streamEnd(), () -> Transport.close(channel));
    }

    /** Closes at once, with a reset; what was not sent is lost. */
    void cut() {
        Transport.cut(channel);
    }

    // ---- streams and links

    /** Any thread. */
    ChannelOutbox newOutbox(HeadParser.Head head, Outbox.Bounds bounds) {
        var framing = head.http10() ? FramePump.Framing.RAW : FramePump.Framing.CHUNKED;
        return new ChannelOutbox(
                new FramePump(channel, framing, bounds, server.counters().bytesOut),
                this,
                server.counters(),
                bounds.endMax());
    }

    /** Any thread. */
    ChannelLink newLink() {
        return new ChannelLink(channel, server.settings().link(), server.counters());
    }

    void stream(HeadParser.Head head, HttpAnswer.Streaming streaming, ChannelOutbox outbox) {
        if (state != State.CALLING || inputShut) {
            outbox.closed();
            Transport.close(channel);
            return;
        }
        state = State.STREAMING;
        stream = outbox;
        server.counters().streamsOpen.incrementAndGet();
        server.counters().streamsStarted.increment();
        alarm.clear();
        channel.config().setAutoRead(true);
        var _ = writer.write(AnswerBytes.head(streaming.status(), streamHeaders(head), streaming.headers()));
        writer.stream(outbox.pump());
        if (!outbox.isOpen()) {
            outbox.ending();
        }
    }

    /** Any thread: the stream takes no more frames; from now it has a deadline, the server's when none is given. */
    void streamEnding(@Nullable Duration max) {
        var _ = execute(() -> {
            if (state == State.STREAMING) {
                alarm.set(max == null ? server.settings().deadlines().streamEnd() : max, () -> {
                    server.counters().streamsCut.increment();
                    cut();
                });
            }
        });
    }

    /** All frames of an ended stream are on their way. */
    void streamDrained(boolean chunked) {
        ChannelFuture last = writer.write(chunked ? LAST_CHUNK : NOTHING);
        Transport.whenDone(last, success -> {
            streamOver();
            if (success) {
                drain();
            }
        });
    }

    private void streamOver() {
        if (stream != null) {
            ChannelOutbox ended = stream;
            stream = null;
            server.counters().streamsOpen.decrementAndGet();
            ended.closed();
        }
    }

    void upgrade(HttpAnswer.Upgraded upgraded, ChannelLink link) {
        if (state != State.CALLING || inputShut || pending.isReadable()) {
            link.over(pending.isReadable() ? "the peer sent before the upgrade was answered" : "the peer is gone");
            Transport.close(channel);
            return;
        }
        state = State.CLOSED;
        alarm.stop();
        Headers own = Headers.of("Connection", "upgrade", "Upgrade", upgraded.protocol());
        var _ = writer.write(AnswerBytes.head(101, own, upgraded.headers()));
        channel.pipeline().replace(this, "link", link.handler());
        release();
        link.open();
    }

    // ---- the rest

    /** The server closes: leave what is idle, let the rest answer first. */
    void retire() {
        boolean idle = state == State.READING && reader.phase() == RequestReader.Phase.IDLE;
        if (idle || state == State.STREAMING) {
            Transport.close(channel);
        }
    }

    InetSocketAddress remoteAddress() {
        return caller;
    }

    HttpHandler handler() {
        return handler;
    }

    /** Any thread: runs it on the loop; false if that has stopped, with all its connections. */
    boolean execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException stopped) {
            return false;
        }
    }
}
