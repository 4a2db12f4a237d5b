package org.mesolith.agent.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.agent.core.TaskLifecycle;
import org.mesolith.agent.core.VolumePath;
import org.mesolith.api.AgentReply;
import org.mesolith.api.AgentReply.Containers.Container;
import org.mesolith.api.ProcessUse;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.model.Resource;
import org.mesolith.model.Resources;

/** The containers of a snapshot, as the v1 call and the older pages show them. */
final class ContainerViews {
    private static final long MIB = 1 << 20;
    private static final long MILLI = 1_000;

    private ContainerViews() {}

    /** Those of executors, and of tasks that are their own, which are not over; {@code nested}: of the others, too. */
    static AgentReply.Containers of(AgentSnapshot snapshot, boolean nested, AgentFacts facts) {
        var all = new ArrayList<Container>();
        snapshot.executors().stream()
                .filter(ContainerViews::isThere)
                .forEach(run -> all.add(executor(run, snapshot, facts)));
        for (var run : snapshot.live()) {
            var under = run.record().order().under();
            if (!isThere(run)) {
                continue;
            }
            if (under == null) {
                all.add(command(run, snapshot, facts));
            } else if (nested && under.group() != null && under.group().builtIn()) {
                all.add(nested(run));
            }
        }
        return new AgentReply.Containers(all);
    }

    /** The page of Mesos about what is being done to containers and has not come to its end. */
    static Map<String, Object> pending(AgentSnapshot snapshot) {
        var all = new ArrayList<Map<String, Object>>();
        for (var runs : List.of(snapshot.executors(), snapshot.live())) {
            for (var run : runs) {
                var operation = operation(run.record().progress().phase());
                if (operation != null) {
                    var row = new LinkedHashMap<String, Object>();
                    row.put("operation", operation);
                    row.put(
                            "args",
                            Map.of("containerId", run.record().container().toString()));
                    all.add(row);
                }
            }
        }
        return Map.of("pending", all);
    }

    private static @Nullable String operation(TaskLifecycle.Phase phase) {
        return switch (phase) {
            case RECORDING, FETCHING, STARTING, ABORTING -> "launch";
            case KILLING -> "kill";
            case ENDING -> "destroy";
            case RUNNING, ENDED -> null;
        };
    }

    private static boolean isThere(AgentSnapshot.Run run) {
        return !run.state().isTerminal() && !run.record().order().taskInfo().isEmpty();
    }

    private static Container executor(AgentSnapshot.Run run, AgentSnapshot snapshot, AgentFacts facts) {
        var info = run.record().order().taskInfo();
        var id = run.record().id();
        var resources = ExecutorTasks.resourcesOf(info);
        var containers = new ArrayList<>(List.of(run.record().container()));
        for (var task : snapshot.live()) {
            var under = task.record().order().under();
            if (under != null && under.executor().equals(id) && isThere(task)) {
                if (under.group() != null && under.group().builtIn()) {
                    containers.add(task.record().container()); // a built-in executor is what its tasks are
                }
                resources = resources.plus(
                        CommandTasks.resourcesOf(task.record().order().taskInfo()));
            }
        }
        return new Container(
                id.key().framework(),
                SandboxPath.executor(id),
                ExecutorTasks.nameOf(info),
                ExecutorTasks.sourceOf(info),
                run.record().container(),
                null,
                use(run, snapshot, resources, facts.uses().apply(containers)));
    }

    private static Container command(AgentSnapshot.Run run, AgentSnapshot snapshot, AgentFacts facts) {
        var id = run.record().id();
        var task = id.key().task().value();
        return new Container(
                id.key().framework(),
                SandboxPath.executor(id),
                "Command Executor (Task: " + task + ")",
                task,
                run.record().container(),
                null,
                use(
                        run,
                        snapshot,
                        CommandTasks.resourcesOf(run.record().order().taskInfo()),
                        facts.uses().apply(List.of(run.record().container()))));
    }

    private static Container nested(AgentSnapshot.Run run) {
        var under = run.record().order().under();
        return new Container(
                run.record().id().key().framework(),
                SandboxPath.executor(under == null ? run.record().id() : under.executor()),
                "",
                "",
                run.record().container(),
                under == null ? null : under.container(),
                null);
    }

    private static AgentReply.Containers.Use use(
            AgentSnapshot.Run run, AgentSnapshot snapshot, Resources has, ProcessUse processes) {
        var found = snapshot.disks().get(run.record().id());
        var volumes = new ArrayList<AgentReply.Containers.Volume>();
        for (var volume : has.persistentVolumes()) {
            volumes.add(new AgentReply.Containers.Volume(
                    volume, bytes(volume.milli()), found == null ? null : found.in(VolumePath.of(volume))));
        }
        return new AgentReply.Containers.Use(
                snapshot.at(),
                has.milli("cpus"),
                bytes(has.milli("mem")),
                bytes(has.filter(ContainerViews::isOfSandbox).milli("disk")),
                found == null ? null : found.sandboxBytes(),
                volumes,
                processes);
    }

    private static boolean isOfSandbox(Resource resource) {
        var disk = resource.disk();
        return disk == null || disk.persistence() == null;
    }

    private static long bytes(long milliMib) {
        return milliMib * MIB / MILLI;
    }

    // ---- the older pages

    /** {@code /containers}. */
    static List<Object> containers(List<Container> containers) {
        return containers.stream()
                .<Object>map(container -> {
                    var all = head(container);
                    all.put("container_id", container.id().toString());
                    if (container.use() != null) {
                        all.put("statistics", statistics(container.use()));
                    }
                    var id = Map.of("value", container.id().toString());
                    all.put("status", Map.of("container_id", id));
                    return all;
                })
                .toList();
    }

    /** {@code /monitor/statistics}: those of which something is known. */
    static List<Object> monitored(List<Container> containers) {
        var shown = new ArrayList<>();
        for (var container : containers) {
            if (container.use() != null) {
                var all = head(container);
                all.put("statistics", statistics(container.use()));
                shown.add(all);
            }
        }
        return shown;
    }

    private static Map<String, Object> head(Container container) {
        var all = new LinkedHashMap<String, Object>();
        all.put("framework_id", container.framework().value());
        all.put("executor_id", container.executor().value());
        all.put("executor_name", container.name());
        all.put("source", container.source());
        return all;
    }

    private static Map<String, Object> statistics(AgentReply.Containers.Use use) {
        var all = new LinkedHashMap<String, Object>();
        all.put("timestamp", use.at().toEpochMilli() / 1e3);
        var processes = use.processes();
        all.put("processes", processes.processes());
        all.put("threads", processes.threads());
        all.put("cpus_user_time_secs", processes.userMillis() / 1e3);
        all.put("cpus_system_time_secs", processes.systemMillis() / 1e3);
        all.put("mem_rss_bytes", processes.memBytes());
        all.put("cpus_limit", use.milliCpus() / 1e3);
        all.put("mem_limit_bytes", use.memBytes());
        all.put("disk_limit_bytes", use.diskBytes());
        putIfKnown(all, "disk_used_bytes", use.diskUsedBytes());
        if (!use.volumes().isEmpty()) {
            all.put(
                    "disk_statistics",
                    use.volumes().stream().map(ContainerViews::volume).toList());
        }
        return all;
    }

    private static Map<String, Object> volume(AgentReply.Containers.Volume volume) {
        var all = new LinkedHashMap<String, Object>();
        var disk = volume.volume().disk();
        if (disk != null && disk.persistence() != null) {
            var persistence = new LinkedHashMap<String, Object>();
            persistence.put("id", disk.persistence().id());
            putIfKnown(persistence, "principal", disk.persistence().principal());
            all.put("persistence", persistence);
        }
        all.put("limit_bytes", volume.bytes());
        putIfKnown(all, "used_bytes", volume.usedBytes());
        return all;
    }

    private static void putIfKnown(Map<String, Object> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
