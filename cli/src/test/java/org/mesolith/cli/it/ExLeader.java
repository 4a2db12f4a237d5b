package org.mesolith.cli.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.Fence;
import org.mesolith.model.TaskKey;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpServer;
import org.mesolith.wire.Link;
import org.mesolith.wire.ServerSettings;

/** Speaks to agents as a leader of the term before the newest one they have obeyed. */
final class ExLeader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final LinkCodec codec = new LinkCodec(CodecLimits.DEFAULT);
    private final LinkedBlockingQueue<LinkMessage.RefusedOrder> refusals = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile @Nullable TaskKey task;

    private ExLeader() throws IOException {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = HttpServer.start(
                ServerSettings.at(any),
                request -> task != null && request.path().equals(LinkMessage.PATH)
                        ? new HttpAnswer.Upgraded(Link.PROTOCOL, this::opened)
                        : HttpAnswer.text(503, "not yet"));
    }

    static ExLeader start() throws IOException {
        return new ExLeader();
    }

    String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** From now on it takes agents, and orders each to end this task. */
    void lead(TaskKey victim) {
        task = victim;
    }

    /** From now on it does not lead. */
    void follow() {
        task = null;
    }

    /** What an agent said when it refused an order. */
    LinkMessage.RefusedOrder awaitRefusal() throws InterruptedException {
        LinkMessage.RefusedOrder refused = refusals.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (refused == null) {
            throw new AssertionError("no agent refused an order within " + PATIENCE);
        }
        return refused;
    }

    private void opened(Link link) {
        link.onFrame(frame -> {
            switch (codec.fromAgent(frame)) {
                case Decoded.Ok<LinkMessage.FromAgent>(LinkMessage.Join join) -> order(link, join.newest());
                case Decoded.Ok<LinkMessage.FromAgent>(LinkMessage.RefusedOrder refused) -> refusals.add(refused);
                case Decoded.Ok<LinkMessage.FromAgent> _ -> {}
                case Decoded.Refused<LinkMessage.FromAgent>(var why) -> throw new IllegalStateException(why.toString());
            }
        });
    }

    private void order(Link link, @Nullable Fence newest) {
        TaskKey victim = task;
        if (newest == null || victim == null) {
            link.close("an agent that has obeyed nobody, or nothing to order");
            return;
        }
        var stale = new Fence(newest.clusterId(), newest.epoch(), newest.epochId(), newest.term() - 1);
        link.send(codec.encode(new LinkMessage.Kill(stale, victim, Duration.ZERO)));
    }

    @Override
    public void close() {
        server.close();
    }
}
