package org.mesolith.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.link.Links;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.base.Check;
import org.mesolith.codec.CommandTask;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.SchedulerCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpServer;
import org.mesolith.wire.Link;
import org.mesolith.wire.ServerSettings;

/** A master of one agent: welcomes it, keeps what it says, says what a test wants said. Heartbeats by itself. */
final class FakeMaster implements AutoCloseable {
    static final AgentId AGENT = new AgentId("agent-0001");
    static final FrameworkId FRAMEWORK = new FrameworkId("framework-0001");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final LinkedBlockingQueue<LinkMessage.FromAgent> heard = new LinkedBlockingQueue<>();
    final List<LinkMessage.Statuses.Status> statuses = new ArrayList<>();
    private final LinkCodec codec = new LinkCodec(CodecLimits.DEFAULT);
    private final AtomicLong launches = new AtomicLong();
    private final HttpServer server;
    private final Fence fence;
    private volatile @Nullable Link link;
    private volatile @Nullable String leader;

    FakeMaster(long term) throws IOException {
        this(new Fence("cluster", 1, 99, term));
    }

    FakeMaster(Fence fence) throws IOException {
        this.fence = fence;
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        this.server = HttpServer.start(ServerSettings.at(any).with(Links.settings()), request -> {
            var elsewhere = leader;
            if (request.path().equals("/raft/record")) {
                return HttpAnswer.text(
                        200,
                        "{\"member\":{\"cluster_id\":\"" + fence.clusterId() + "\",\"epoch\":" + fence.epoch() + "}}");
            }
            if (!request.path().equals(LinkMessage.PATH)) {
                return HttpAnswer.text(404, "only a link here");
            }
            return elsewhere == null
                    ? new HttpAnswer.Upgraded(Link.PROTOCOL, this::opened)
                    : new HttpAnswer.Full(
                            307,
                            Headers.of("Location", "//" + elsewhere + LinkMessage.PATH),
                            org.mesolith.wire.Body.EMPTY,
                            false);
        });
    }

    String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** Sends agents to another master from now on, or takes them itself. */
    void follow(FakeMaster other) {
        leader = other == this ? null : other.address();
    }

    private void opened(Link fresh) {
        link = fresh;
        fresh.onFrame(frame -> {
            switch (codec.fromAgent(frame)) {
                case Decoded.Ok<LinkMessage.FromAgent>(var message) -> take(message);
                case Decoded.Refused<LinkMessage.FromAgent>(var why) -> throw new IllegalStateException(why.toString());
            }
        });
    }

    private void take(LinkMessage.FromAgent message) {
        switch (message) {
            case LinkMessage.Join _ ->
                say(new LinkMessage.Welcome(
                        fence, AGENT, Duration.ofMillis(500), List.of(), LinkMessage.Software.OURS.level()));
            case LinkMessage.AgentHeartbeat _ -> say(new LinkMessage.MasterHeartbeat(fence));
            default -> {}
        }
        heard.add(message);
    }

    void say(LinkMessage.FromMaster message) {
        Check.present(link, "a link").send(codec.encode(message));
    }

    TaskKey launch(String line) {
        var order = launchLater(line);
        say(order);
        return order.key();
    }

    /** An order that is not sent yet. */
    LinkMessage.Launch launchLater(String line) {
        return launchLater(
                new CommandTask("", true, line, List.of(), List.of(), null, null, null, List.of(), List.of()));
    }

    TaskKey launch(CommandTask task) {
        var order = launchLater(task);
        say(order);
        return order.key();
    }

    /** A task that has these resources. */
    TaskKey launch(CommandTask task, Resources resources) {
        var order = launchLater(task, resources);
        say(order);
        return order.key();
    }

    /** An order that is not sent yet. */
    LinkMessage.Launch launchLater(CommandTask task) {
        return launchLater(task, Resources.EMPTY);
    }

    private LinkMessage.Launch launchLater(CommandTask task, Resources resources) {
        var key = new TaskKey(FRAMEWORK, new TaskId("task-" + launches.incrementAndGet()));
        return new LinkMessage.Launch(
                fence,
                key,
                new Position(launches.get(), 0),
                "",
                resources,
                Opaque.empty("mesos.v1.FrameworkInfo"),
                CommandTasks.launch(task, key.task(), AGENT, resources).taskInfo());
    }

    /** An order for a task under an executor that runs this line; it may take 0.2 s to shut down. */
    LinkMessage.Launch launchUnder(ExecutorId executor, String line) {
        var key = new TaskKey(FRAMEWORK, new TaskId("task-" + launches.incrementAndGet()));
        var at = new Position(launches.get(), 0);
        var accept = "{'type':'ACCEPT','framework_id':{'value':'" + FRAMEWORK + "'},'accept':{'operations':[{"
                + "'type':'LAUNCH','launch':{'task_infos':[{'name':'t','task_id':{'value':'" + key.task()
                + "'},'agent_id':{'value':'" + AGENT + "'},'executor':{'type':'CUSTOM','executor_id':{'value':'"
                + executor + "'},'shutdown_grace_period':{'nanoseconds':200000000},"
                + "'command':{'shell':true,'value':'" + line + "'}}}]}}]}}";
        var json = accept.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var read = new SchedulerCodec(CodecLimits.DEFAULT).decode(Encoding.JSON, json);
        return read instanceof Decoded.Ok<SchedulerRequest>(var call)
                        && call.call() instanceof SchedulerCall.Accept accepted
                        && accepted.operations().getFirst() instanceof OfferOperation.Launch launch
                ? new LinkMessage.Launch(
                        fence,
                        key,
                        at,
                        "",
                        Resources.EMPTY,
                        // user "" (1) and name "f" (2)
                        new Opaque("mesos.v1.FrameworkInfo", new byte[] {10, 0, 18, 1, 'f'}),
                        launch.tasks().getFirst().taskInfo(),
                        new LinkMessage.Launch.Under(executor, at))
                : unread(read);
    }

    private static LinkMessage.Launch unread(Object read) {
        throw new AssertionError("not read: " + read);
    }

    Fence fence() {
        return fence;
    }

    /** Waits until the agent says something of this kind; acknowledges updates on the way. */
    <M extends LinkMessage.FromAgent> M awaitMessage(Class<M> kind) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var message = heard.poll(50, TimeUnit.MILLISECONDS);
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
            if (message instanceof LinkMessage.Statuses(var updates)) {
                updates.forEach(this::acknowledge);
                statuses.addAll(updates);
            }
        }
        throw new AssertionError("no " + kind + " in " + PATIENCE);
    }

    void kill(TaskKey key) {
        say(new LinkMessage.Kill(fence, key, Duration.ofSeconds(20)));
    }

    /** Waits for an update in this state, acknowledging all on the way. */
    LinkMessage.Statuses.Status await(TaskKey key, TaskState state) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            take();
            for (var status : statuses) {
                if (status.status().task().equals(key.task()) && status.status().state() == state) {
                    return status;
                }
            }
        }
        throw new AssertionError("no " + state + " of " + key + " in " + PATIENCE + ", but " + states(key));
    }

    /** Takes what the agent says next, if it says something soon; acknowledges updates. */
    void take() throws InterruptedException {
        if (heard.poll(50, TimeUnit.MILLISECONDS) instanceof LinkMessage.Statuses(var updates)) {
            updates.forEach(this::acknowledge);
            statuses.addAll(updates);
        }
    }

    private void acknowledge(LinkMessage.Statuses.Status status) {
        say(new LinkMessage.AcknowledgeStatus(
                fence,
                new TaskKey(status.framework(), status.status().task()),
                Check.present(status.status().uuid(), "uuid")));
    }

    /** The states reported for a task so far, each once. */
    List<TaskState> states(TaskKey key) {
        return statuses.stream()
                .map(LinkMessage.Statuses.Status::status)
                .filter(status -> status.task().equals(key.task()))
                .map(status -> status.state())
                .distinct()
                .toList();
    }

    LinkMessage.Join awaitJoin() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (heard.poll(50, TimeUnit.MILLISECONDS) instanceof LinkMessage.Join join) {
                return join;
            }
        }
        throw new AssertionError("no agent joined in " + PATIENCE);
    }

    /** As if the process were gone. */
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
