package org.mesolith.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.CheckStatus;
import org.mesolith.api.HealthProbe;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.TaskProbe;
import org.mesolith.api.UriFetch;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Fence;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Opaque;
import org.mesolith.model.Position;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskId;
import org.mesolith.model.TaskKey;
import org.mesolith.model.TaskState;
import org.mesolith.model.Uuid;

/** An agent core on a bench: time moves by hand, effects are kept, timers fire when time passes them. */
final class Bench {
    static final AgentId AGENT = new AgentId("agent-1");
    static final TaskKey TASK = new TaskKey(new FrameworkId("fw"), new TaskId("t1"));
    static final Position AT = new Position(7, 0);
    static final RunId RUN = new RunId(TASK, AT);
    static final Fence F1 = fence(1);
    static final VolumePath VOLUME = new VolumePath(null, false, "role", "v1");
    static final ProcessMark PROCESS = new ProcessMark(4711, 99, "boot");

    private record Timer(Instant at, Wake wake) {}

    final AgentCore core;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    List<AgentEffect> effects = new ArrayList<>();
    private final List<Timer> timers = new ArrayList<>();

    Bench() {
        this(Recovered.NOTHING);
    }

    Bench(Recovered recovered) {
        this(recovered, false);
    }

    Bench(Recovered recovered, boolean boundsMemory) {
        this(recovered, boundsMemory, AgentSettings.Disk.UNSEEN);
    }

    Bench(Recovered recovered, boolean boundsMemory, AgentSettings.Disk disk) {
        this(recovered, boundsMemory, disk, AgentSettings.Lent.NOTHING);
    }

    Bench(Recovered recovered, boolean boundsMemory, AgentSettings.Disk disk, AgentSettings.Lent lent) {
        var info = new AgentInfo("host", 5051, Resources.EMPTY, List.of(), null, List.of(), "1.11.0");
        var plain = new AgentSettings(info, Duration.ofSeconds(5), false);
        core = new AgentCore(
                new AgentSettings(
                        info,
                        plain.shutdownGrace(),
                        plain.cleanup(),
                        plain.registration(),
                        plain.reregistration(),
                        boundsMemory,
                        disk,
                        lent),
                new Reader());
        take(core.start(now, recovered));
    }

    static Fence fence(long term) {
        return new Fence("cluster", 1, 1234, term);
    }

    /** A bench whose agent is welcomed on link 1. */
    static Bench joined() {
        var bench = new Bench();
        bench.join(1, F1);
        return bench;
    }

    void join(long link, Fence fence) {
        on(new AgentEvent.LinkUp(link));
        says(link, new LinkMessage.Welcome(fence, AGENT, Duration.ofSeconds(1)));
        writeIdentity();
    }

    static LinkMessage.Launch launch(Fence fence) {
        return launch(fence, AT, "run");
    }

    static LinkMessage.Launch launch(Fence fence, Position at, String what) {
        return new LinkMessage.Launch(
                fence,
                TASK,
                at,
                "nobody",
                Resources.EMPTY,
                Opaque.empty("mesos.v1.FrameworkInfo"),
                new Opaque("mesos.v1.TaskInfo", what.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** A run that runs and whose updates so far are acknowledged. */
    static Bench running() {
        var bench = joined();
        bench.says(1, launch(F1));
        bench.write();
        bench.on(new AgentEvent.Spawned(RUN, PROCESS));
        bench.write();
        bench.acknowledge();
        bench.acknowledge();
        bench.effects.clear();
        return bench;
    }

    List<AgentEffect> on(AgentEvent event) {
        return take(core.on(now, event));
    }

    List<AgentEffect> says(long link, LinkMessage.FromMaster message) {
        return on(new AgentEvent.MasterSaid(link, message));
    }

    /** Everything that was to be written, in order. */
    List<AgentEffect.WriteRun> writes() {
        var writes = new ArrayList<AgentEffect.WriteRun>();
        for (var effect : effects) {
            switch (effect) {
                case AgentEffect.WriteRun write -> writes.add(write);
                case AgentEffect.WriteTogether(var together) -> writes.addAll(together);
                default -> {}
            }
        }
        return writes;
    }

    /** The disk takes the newest version of every run. */
    void writeAll() {
        for (var write : writes()) {
            on(new AgentEvent.RunWritten(write.run().id(), write.version()));
        }
    }

    /** The disk takes the newest version of the run. */
    void write() {
        var write = last(AgentEffect.WriteRun.class);
        on(new AgentEvent.RunWritten(write.run().id(), write.version()));
    }

    void writeIdentity() {
        on(new AgentEvent.IdentityWritten(last(AgentEffect.WriteIdentity.class).version()));
    }

    /** The master acknowledges the update sent last, and that is written down. */
    void acknowledge() {
        acknowledge(sent().getLast().status().uuid());
    }

    void acknowledge(@Nullable Uuid uuid) {
        says(1, new LinkMessage.AcknowledgeStatus(F1, TASK, org.mesolith.base.Check.present(uuid, "uuid")));
        write();
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

    private @Nullable Timer due(Instant end) {
        return timers.stream()
                .filter(timer -> !timer.at().isAfter(end))
                .min(java.util.Comparator.comparing(Timer::at))
                .orElse(null);
    }

    private List<AgentEffect> take(List<AgentEffect> made) {
        for (var effect : made) {
            if (effect instanceof AgentEffect.WakeAfter(var delay, var wake)) {
                timers.add(new Timer(now.plus(delay), wake));
            }
        }
        effects.addAll(made);
        return made;
    }

    <T extends AgentEffect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends AgentEffect> T last(Class<T> kind) {
        return all(kind).getLast();
    }

    /** Every update sent so far. */
    List<LinkMessage.Statuses.Status> sent() {
        return messages(LinkMessage.Statuses.class).stream()
                .flatMap(statuses -> statuses.updates().stream())
                .toList();
    }

    List<TaskState> states() {
        return sent().stream().map(status -> status.status().state()).toList();
    }

    <T extends LinkMessage.FromAgent> List<T> messages(Class<T> kind) {
        return all(AgentEffect.Send.class).stream()
                .map(AgentEffect.Send::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What the disk holds when every write so far was done. */
    Recovered disk() {
        var runs = new java.util.TreeMap<RunId, RunRecord>();
        var identity = AgentRecord.NEW;
        for (var effect : effects) {
            switch (effect) {
                case AgentEffect.WriteRun write -> runs.put(write.run().id(), write.run());
                case AgentEffect.WriteTogether(var writes) ->
                    writes.forEach(write -> runs.put(write.run().id(), write.run()));
                case AgentEffect.Forget forget -> runs.remove(forget.run());
                case AgentEffect.WriteIdentity write -> identity = write.identity();
                default -> {}
            }
        }
        return new Recovered(identity, List.copyOf(runs.values()));
    }

    /**
     * Reads any bytes, for a task up to an {@code @}: "refuse …" cannot be run, "killing" wants TASK_KILLING, "time"
     * has a bound of a minute, "builtin" is an executor whose work the agent does, "fetch" wants a file, "memory" has
     * 64 MiB, and so has every executor.
     */
    private static final class Reader implements TaskReader {
        private static final TaskProbe PROBE = new TaskProbe(
                new TaskProbe.Http(false, false, 80, "/"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        @Override
        public Reading read(Opaque framework, Opaque taskInfo, String user) {
            var what = new String(taskInfo.bytes(), java.nio.charset.StandardCharsets.UTF_8).replaceAll("@.*", "");
            if (what.startsWith("refuse")) {
                return new Reading.Refused(what);
            }
            return new Reading.Runs(new TaskSpec(
                    "name",
                    new TaskSpec.Command(true, what, List.of(), List.of()),
                    user,
                    Duration.ofSeconds(3),
                    what.equals("time") ? Duration.ofMinutes(1) : null,
                    List.of(),
                    what.equals("killing"),
                    List.of(),
                    what.equals("fetch") ? List.of(new UriFetch("http://x/y", false, true, false, null)) : List.of(),
                    what.equals("check") ? PROBE : null,
                    what.equals("health") ? new HealthProbe(PROBE, Duration.ofSeconds(5), 2) : null));
        }

        @Override
        public Reading readExecutor(Opaque executorInfo, String user, Duration grace) {
            var what = new String(executorInfo.bytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (what.equals("builtin")) {
                return new Reading.BuiltIn(grace);
            }
            return what.startsWith("refuse") ? new Reading.Refused(what) : read(executorInfo, executorInfo, user);
        }

        @Override
        public @Nullable Long memory(Opaque info) {
            var what = new String(info.bytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (what.startsWith("memory unbounded")) {
                return UNBOUNDED;
            }
            return what.startsWith("memory") || info.schema().endsWith("ExecutorInfo") ? 64L << 20 : null;
        }

        @Override
        public boolean sharesMemory(Opaque taskInfo) {
            return !new String(taskInfo.bytes(), java.nio.charset.StandardCharsets.UTF_8).contains("apart");
        }

        /** Tasks that begin with "disk" have 32 MiB and a volume of 16, executors 8 MiB. */
        @Override
        public DiskShare disk(Opaque info) {
            var what = new String(info.bytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (info.schema().endsWith("ExecutorInfo")) {
                return new DiskShare(8L << 20, List.of());
            }
            return what.startsWith("disk")
                    ? new DiskShare(32L << 20, List.of(new DiskShare.Volume(VOLUME, 16L << 20)))
                    : DiskShare.NONE;
        }

        /** Tasks that begin with "lent" have two cpus that can be taken back. */
        @Override
        public Resources lent(Opaque info) {
            var what = new String(info.bytes(), java.nio.charset.StandardCharsets.UTF_8);
            return what.startsWith("lent") ? Resources.parse("cpus{REV}:2") : Resources.EMPTY;
        }

        /** What stands behind the {@code @}. */
        @Override
        public Opaque executorOf(Opaque taskInfo, org.mesolith.model.FrameworkId framework) {
            var what = new String(taskInfo.bytes(), java.nio.charset.StandardCharsets.UTF_8);
            var info = what.substring(what.indexOf('@') + 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return new Opaque("mesos.v1.ExecutorInfo", info);
        }

        @Override
        public @Nullable String refusedUnderExecutor(Opaque taskInfo) {
            var what = new String(taskInfo.bytes(), java.nio.charset.StandardCharsets.UTF_8);
            return what.startsWith("unwanted") ? what : null;
        }

        /** Of "volume ID PATH". */
        @Override
        public List<TaskSpec.Mount> volumesUnderExecutor(Opaque taskInfo) {
            var what = new String(taskInfo.bytes(), java.nio.charset.StandardCharsets.UTF_8).replaceAll("@.*", "");
            var words = what.split(" ", -1);
            return words[0].equals("volume")
                    ? List.of(new TaskSpec.Mount(new VolumePath(null, false, "role", words[1]), words[2], false))
                    : List.of();
        }

        @Override
        public Opaque inContainer(Opaque rest, Uuid container) {
            return rest;
        }

        @Override
        public Opaque statusRest(Uuid container, @Nullable Uuid parent, @Nullable CheckStatus check) {
            return Opaque.empty("mesos.v1.TaskStatus");
        }
    }
}
