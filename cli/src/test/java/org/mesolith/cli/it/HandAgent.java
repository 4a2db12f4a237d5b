package org.mesolith.cli.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.ResourceText;
import org.mesolith.model.StatusSource;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskState;
import org.mesolith.model.TaskStatus;
import org.mesolith.model.Uuid;
import org.mesolith.wire.Headers;
import org.mesolith.wire.Link;
import org.mesolith.wire.LinkClient;
import org.mesolith.wire.LinkDial;
import org.mesolith.wire.LinkSettings;

/** An agent that does only what a test tells it, over a real link. */
final class HandAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LinkCodec codec = new LinkCodec(CodecLimits.DEFAULT);
    private final LinkedBlockingQueue<LinkMessage.FromMaster> heard = new LinkedBlockingQueue<>();
    private final LinkClient client = LinkClient.start(LinkSettings.DEFAULT);
    private final Link link;
    private @Nullable AgentId id;

    /** A link; nothing is said yet. */
    HandAgent(String master) throws IOException, InterruptedException {
        int colon = master.lastIndexOf(':');
        var address = new InetSocketAddress(master.substring(0, colon), Integer.parseInt(master.substring(colon + 1)));
        this.link = switch (client.connect(address, LinkMessage.PATH, Headers.NONE, PATIENCE)) {
            case LinkDial.Connected(var open) -> open;
            case LinkDial.Refused refused -> throw new IOException("refused with " + refused.status());
            case LinkDial.Failed(var why) -> throw new IOException(why);
        };
        link.onFrame(frame -> {
            if (codec.fromMaster(frame) instanceof Decoded.Ok<LinkMessage.FromMaster>(var message)) {
                heard.add(message);
            }
        });
    }

    /** Says that it is this agent, or a new one; {@link #await} what the master thinks of it. */
    void join(@Nullable AgentId known) {
        id = known;
        var info = new AgentInfo(
                "by-hand",
                1,
                ResourceText.parsePlain("cpus:1;mem:128", "*"),
                List.of(),
                null,
                List.of(AgentCapability.MULTI_ROLE),
                "1.11.0");
        say(new LinkMessage.Join(known, info, null, 0, 0));
    }

    /** Joins as a new agent. */
    void join() throws InterruptedException {
        join(null);
        id = await(LinkMessage.Welcome.class).id();
    }

    /** Tells the state of a task of a framework. */
    Uuid report(String framework, String task, TaskState state) {
        var uuid = new Uuid(task.hashCode(), state.ordinal());
        var status = new TaskStatus(
                new TaskId(task),
                state,
                StatusSource.SOURCE_EXECUTOR,
                null,
                "by hand",
                Instant.now(),
                uuid,
                id,
                null,
                null,
                Opaque.empty(TaskStatus.SCHEMA));
        say(new LinkMessage.Statuses(List.of(
                new LinkMessage.Statuses.Status(new FrameworkId(framework), new Position(1, 0), status, state, null))));
        return uuid;
    }

    /** The next message of a kind; others before it are thrown away. */
    <M extends LinkMessage.FromMaster> M await(Class<M> kind) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var next = heard.poll(100, TimeUnit.MILLISECONDS);
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
            say(new LinkMessage.AgentHeartbeat());
        }
        throw new AssertionError("no " + kind.getSimpleName() + " within " + PATIENCE);
    }

    private void say(LinkMessage.FromAgent message) {
        link.send(codec.encode(message));
    }

    @Override
    public void close() {
        client.close();
    }
}
