package org.mesolith.conversation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.AccessSettings;
import org.mesolith.agent.core.AgentCore;
import org.mesolith.agent.core.AgentEffect;
import org.mesolith.agent.core.AgentEvent;
import org.mesolith.agent.core.AgentReadings;
import org.mesolith.agent.core.AgentRecord;
import org.mesolith.agent.core.AgentSettings;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.FetchCounts;
import org.mesolith.agent.core.ProcessMark;
import org.mesolith.agent.core.Recovered;
import org.mesolith.agent.core.Removals;
import org.mesolith.agent.core.RunId;
import org.mesolith.agent.core.RunRecord;
import org.mesolith.agent.core.TaskExit;
import org.mesolith.agent.core.Wake;
import org.mesolith.agent.executor.CommandReader;
import org.mesolith.agent.http.AgentDoor;
import org.mesolith.agent.http.AgentFacts;
import org.mesolith.agent.http.ExecutorDoor;
import org.mesolith.agent.http.MastersDoor;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.ProcessUse;
import org.mesolith.base.Check;
import org.mesolith.logging.Verbosity;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.pages.LogFile;
import org.mesolith.sim.calm.CalmQueue;
import org.mesolith.wire.Body;
import org.mesolith.wire.Deadline;
import org.mesolith.wire.Headers;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;
import org.mesolith.wire.Query;

/**
 * An agent on whose machine nothing takes time and nothing fails: its real core and its real door for executors, a disk
 * that keeps everything, processes that only have a name, and a master that acknowledges every update. One thread.
 */
final class CalmHost {
    private record Timer(Instant at, long number, Wake wake) {}

    private final AgentSettings settings = new AgentSettings(
            new AgentInfo("host1", 5_051, Resources.parse("cpus:4;mem:1024"), List.of(), null, List.of(), "1.11.0"),
            Duration.ofSeconds(5),
            false);
    private final Deque<AgentEvent> waiting = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private final TreeMap<RunId, RunRecord> disk = new TreeMap<>();
    private AgentRecord identity = AgentRecord.NEW;
    private AgentCore core;
    private final Path workDir;
    private ExecutorDoor executors = new ExecutorDoor(this::on, null);
    private AgentDoor door = new AgentDoor(this::snapshot);
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private boolean busy;
    private long numbers;
    private long link;

    /** What was done since the last look, but for answers to calls. */
    private final List<AgentEffect> done = new ArrayList<>();

    CalmHost() {
        this(Path.of("target", "no-sandboxes"));
    }

    /** One whose sandboxes are below this directory. */
    CalmHost(Path workDir) {
        this.workDir = workDir.toAbsolutePath();
        core = start(Recovered.NOTHING);
    }

    private CompletableFuture<AgentSnapshot> snapshot() {
        return CompletableFuture.completedFuture(core.snapshot(now));
    }

    private void openDoor() {
        executors = new ExecutorDoor(this::on, null);
        door = new AgentDoor(this::snapshot);
        var readings = new AgentReadings(
                new Removals(Duration.ofDays(7), List.of(), 0, 0, 0), new FetchCounts(1 << 20, 0, 0, 0));
        door.open(
                new AgentFacts(
                        settings.info(),
                        new TreeMap<>(),
                        now,
                        now,
                        "slave(1)@127.0.0.1:5051",
                        workDir,
                        () -> readings,
                        new Verbosity(new CalmQueue(), level -> {}),
                        new LogFile("/slave/log", workDir.resolve("agent.log")),
                        () -> "host0",
                        containers -> ProcessUse.NOTHING),
                new MastersDoor(new NoMasters(), Headers.NONE),
                executors,
                AccessSettings.OPEN);
    }

    /** Nobody asks this agent for its masters. */
    private static final class NoMasters implements MastersDoor.Masters {
        @Override
        public CompletableFuture<List<String>> known() {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<List<String>> repoint(List<String> masters) {
            return CompletableFuture.failedFuture(new IOException("this agent has no masters"));
        }
    }

    private AgentCore start(Recovered recovered) {
        var fresh = new AgentCore(settings, new CommandReader("127.0.0.1"));
        core = fresh;
        openDoor();
        fresh.start(now, recovered).forEach(this::perform);
        link++;
        on(new AgentEvent.LinkUp(link));
        hears(new LinkMessage.Welcome(
                Launches.FENCE,
                new AgentId("a1"),
                Duration.ofSeconds(10),
                List.of(),
                LinkMessage.Software.OURS.level()));
        return fresh;
    }

    /** The process of the agent dies and begins anew with what is on the disk; its streams are gone. */
    void restart() {
        timers.clear();
        core = start(new Recovered(identity, List.copyOf(disk.values())));
    }

    /** The master says this. */
    void hears(LinkMessage.FromMaster message) {
        on(new AgentEvent.MasterSaid(link, message));
    }

    /** The states that the master was told of, of all tasks, in their order. */
    List<TaskState> states() {
        return done.stream()
                .filter(effect -> effect instanceof AgentEffect.Send(var _, LinkMessage.Statuses _))
                .flatMap(effect -> ((LinkMessage.Statuses) ((AgentEffect.Send) effect).message()).updates().stream())
                .map(update -> update.status().state())
                .toList();
    }

    /** What the agent did since the last look, beside answering. */
    List<AgentEffect> done() {
        var all = List.copyOf(done);
        done.clear();
        return all;
    }

    void advance(Duration time) {
        var end = now.plus(time);
        for (var due = due(end); due != null; due = due(end)) {
            timers.remove(due);
            now = due.at();
            on(new AgentEvent.Woke(due.wake()));
        }
        now = end;
    }

    @Nullable
    private Timer due(Instant end) {
        return timers.stream()
                .filter(timer -> !timer.at().isAfter(end))
                .min(Comparator.comparing(Timer::at).thenComparing(Timer::number))
                .orElse(null);
    }

    /** Any request. */
    HttpAnswer ask(String method, String path, Headers headers, byte[] body) {
        var request = new HttpRequest(
                method,
                path,
                path,
                Query.NONE,
                headers,
                Body.of(body),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
                Deadline.after(Duration.ofMinutes(1)),
                false);
        try {
            return door.answer(request);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a call was interrupted", stop);
        }
    }

    // ---- the core

    private void on(AgentEvent event) {
        waiting.add(event);
        if (busy) {
            return;
        }
        busy = true;
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            core.on(now, next).forEach(this::perform);
        }
        busy = false;
    }

    private void perform(AgentEffect effect) {
        if (!(effect instanceof AgentEffect.AnswerExecutor)) {
            done.add(effect);
        }
        switch (effect) {
            case AgentEffect.AnswerExecutor answer -> executors.perform(answer);
            case AgentEffect.TellExecutor tell -> executors.perform(tell);
            case AgentEffect.CloseExecutor close -> executors.perform(close);
            case AgentEffect.WriteIdentity(long version, var written) -> {
                identity = written;
                waiting.add(new AgentEvent.IdentityWritten(version));
            }
            case AgentEffect.WriteRun write -> write(write);
            case AgentEffect.WriteTogether(var writes) -> writes.forEach(this::write);
            case AgentEffect.Forget forget -> disk.remove(forget.run());
            case AgentEffect.Fetch fetch -> waiting.add(new AgentEvent.Fetched(fetch.run()));
            case AgentEffect.Spawn spawn ->
                waiting.add(new AgentEvent.Spawned(spawn.run(), new ProcessMark(4_711, 99, "boot")));
            case AgentEffect.Adopt adopt ->
                waiting.add(new AgentEvent.Spawned(adopt.run(), new ProcessMark(4_711, 99, "boot")));
            case AgentEffect.KillTree kill -> waiting.add(new AgentEvent.Exited(kill.run(), new TaskExit.Signal(9)));
            case AgentEffect.CleanUp clean -> waiting.add(new AgentEvent.CleanedUp(clean.run()));
            case AgentEffect.Send(long over, LinkMessage.Statuses(var updates))
            when over == link ->
                updates.forEach(update -> waiting.add(new AgentEvent.MasterSaid(
                        link,
                        new LinkMessage.AcknowledgeStatus(
                                Launches.FENCE,
                                new TaskKey(update.framework(), update.status().task()),
                                Check.present(update.status().uuid(), "uuid of an update")))));
            case AgentEffect.WakeAfter(var delay, var wake) -> {
                // A real clock counts in nanoseconds.
                var _ = delay.toNanos();
                timers.add(new Timer(now.plus(delay), numbers++, wake));
            }
            default -> {}
        }
    }

    private void write(AgentEffect.WriteRun write) {
        var kill = write.run().progress().kill();
        if (kill != null) {
            // As does a real disk.
            var _ = kill.grace().toNanos();
        }
        disk.put(write.run().id(), write.run());
        waiting.add(new AgentEvent.RunWritten(write.run().id(), write.version()));
    }
}
