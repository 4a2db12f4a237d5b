package org.mesolith.agent.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.agent.core.SandboxPath;
import org.mesolith.agent.core.TaskLifecycle;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.Milli;
import org.mesolith.model.Resources;

/** The agent as {@code /state} shows it: what old scripts and pages read. */
final class StateJson {
    private StateJson() {}

    static Map<String, Object> of(AgentSnapshot snapshot, AgentFacts facts) {
        var all = new LinkedHashMap<String, Object>();
        var id = snapshot.identity().id();
        all.put("version", facts.info().version());
        all.put("build_time", (double) facts.builtAt().getEpochSecond());
        all.put("start_time", facts.startedAt().toEpochMilli() / 1e3);
        all.put("id", id == null ? "" : id.value());
        all.put("pid", facts.pid());
        all.put("hostname", facts.info().hostname());
        all.put("resources", resources(facts.info().resources()));
        var reserved = new LinkedHashMap<String, Object>();
        facts.info().resources().byReservedRole().forEach((role, some) -> reserved.put(role, resources(some)));
        all.put("reserved_resources", reserved);
        all.put("unreserved_resources", resources(facts.info().resources().unreserved()));
        all.put("unreserved_resources_allocated", resources(AgentMetrics.used(snapshot)));
        all.put("resource_providers", List.of());
        var attributes = new LinkedHashMap<String, Object>();
        facts.info()
                .attributes()
                .forEach(attribute ->
                        attributes.put(attribute.name(), attribute.value().text()));
        all.put("attributes", attributes);
        all.put("master_hostname", facts.master().get());
        all.put("flags", facts.flags());
        all.put("frameworks", frameworks(snapshot.live(), snapshot, facts));
        all.put("completed_frameworks", completedOnly(snapshot, facts));
        return all;
    }

    private static List<Object> completedOnly(AgentSnapshot snapshot, AgentFacts facts) {
        var live = snapshot.live().stream()
                .map(run -> run.record().id().key().framework())
                .toList();
        return frameworks(
                snapshot.completed().stream()
                        .filter(run -> !live.contains(run.record().id().key().framework()))
                        .toList(),
                snapshot,
                facts);
    }

    private static List<Object> frameworks(List<AgentSnapshot.Run> runs, AgentSnapshot snapshot, AgentFacts facts) {
        var byId = new TreeMap<FrameworkId, List<Object>>();
        var completed = new TreeMap<FrameworkId, List<Object>>();
        runs.stream()
                .filter(run -> run.record().order().under() == null)
                .forEach(run -> byId.computeIfAbsent(run.record().id().key().framework(), _ -> new ArrayList<>())
                        .add(executor(run, facts)));
        snapshot.executors()
                .forEach(run -> byId.computeIfAbsent(run.record().id().key().framework(), _ -> new ArrayList<>())
                        .add(brought(run, snapshot, facts)));
        snapshot.endedExecutors()
                .forEach(run -> completed
                        .computeIfAbsent(run.record().id().key().framework(), _ -> new ArrayList<>())
                        .add(brought(run, snapshot, facts)));
        snapshot.completed().stream()
                .filter(run -> run.record().order().under() == null)
                .forEach(run -> completed
                        .computeIfAbsent(run.record().id().key().framework(), _ -> new ArrayList<>())
                        .add(executor(run, facts)));
        var all = new ArrayList<>();
        byId.forEach((id, executors) -> {
            var framework = new LinkedHashMap<String, Object>();
            boolean over = snapshot.live().stream()
                            .noneMatch(
                                    run -> run.record().id().key().framework().equals(id))
                    && snapshot.executors().stream()
                            .noneMatch(
                                    run -> run.record().id().key().framework().equals(id));
            framework.put("id", id.value());
            framework.put("executors", over ? List.of() : executors);
            framework.put("completed_executors", completed.getOrDefault(id, List.of()));
            all.add(framework);
        });
        return all;
    }

    /** An executor that its framework brought, with its tasks. */
    private static Map<String, Object> brought(AgentSnapshot.Run run, AgentSnapshot snapshot, AgentFacts facts) {
        var info = run.record().order().taskInfo();
        var queued = new ArrayList<>();
        var tasks = new ArrayList<>();
        var over = new ArrayList<>();
        var all = new ArrayList<>(snapshot.live());
        all.addAll(snapshot.completed());
        for (var task : all) {
            var under = task.record().order().under();
            if (under == null || !under.executor().equals(run.record().id())) {
                continue;
            }
            if (task.state().isTerminal()) {
                over.add(task(task));
            } else if (isQueued(task.record().progress().phase())) {
                queued.add(task(task));
            } else {
                tasks.add(task(task));
            }
        }
        var shown = shell(run, facts);
        shown.put("name", ExecutorTasks.nameOf(info));
        shown.put("source", ExecutorTasks.sourceOf(info));
        shown.put("type", ExecutorTasks.typeOf(info));
        shown.put("resources", resources(ExecutorTasks.resourcesOf(info)));
        shown.put("tasks", tasks);
        shown.put("queued_tasks", queued);
        shown.put("completed_tasks", over);
        return shown;
    }

    /** Before it reached its executor, or its process was started. */
    private static boolean isQueued(TaskLifecycle.Phase phase) {
        return switch (phase) {
            case RECORDING, FETCHING, STARTING, ABORTING -> true;
            case RUNNING, KILLING, ENDING, ENDED -> false;
        };
    }

    private static Map<String, Object> executor(AgentSnapshot.Run run, AgentFacts facts) {
        var all = shell(run, facts);
        var task = run.record().id().key().task();
        all.put("name", "Command Executor (Task: " + task + ")");
        all.put("source", task.value());
        all.put("resources", resources(taken(run)));
        var tasks = List.of(task(run));
        all.put("tasks", run.state().isTerminal() ? List.of() : tasks);
        all.put("queued_tasks", List.of());
        all.put("completed_tasks", run.state().isTerminal() ? tasks : List.of());
        return all;
    }

    /** What every executor shows, in the order in which it is shown; the rest is empty. */
    private static Map<String, Object> shell(AgentSnapshot.Run run, AgentFacts facts) {
        var record = run.record();
        var all = new LinkedHashMap<String, Object>();
        var executor = SandboxPath.executor(record.id());
        var runs = SandboxPath.runs(record.order().agent(), record.id().key().framework(), executor);
        all.put("id", executor.value());
        all.put("name", "");
        all.put("source", "");
        all.put("container", record.container().toString());
        all.put(
                "directory",
                facts.workDir()
                        .resolve(String.join("/", runs))
                        .resolve(record.container().toString())
                        .toString());
        return all;
    }

    private static Map<String, Object> task(AgentSnapshot.Run run) {
        var id = run.record().id();
        var spec = run.spec();
        var under = run.record().order().under();
        var all = new LinkedHashMap<String, Object>();
        all.put("id", id.key().task().value());
        all.put(
                "name",
                under != null
                        ? ExecutorTasks.nameOfTask(run.record().order().taskInfo())
                        : spec == null ? "" : spec.name());
        all.put("framework_id", id.key().framework().value());
        all.put(
                "executor_id",
                under == null ? "" : SandboxPath.executor(under.executor()).value());
        all.put("slave_id", run.record().order().agent().value());
        all.put("state", run.state().name());
        all.put("resources", resources(taken(run)));
        all.put(
                "statuses",
                run.statuses().stream()
                        .map(status -> {
                            var one = new LinkedHashMap<String, Object>();
                            one.put("state", status.state().name());
                            one.put("timestamp", status.timestamp().toEpochMilli() / 1e3);
                            return one;
                        })
                        .toList());
        return all;
    }

    private static Resources taken(AgentSnapshot.Run run) {
        var info = run.record().order().taskInfo();
        return info.isEmpty() ? Resources.EMPTY : CommandTasks.resourcesOf(info);
    }

    /** The four names that readers add up are always there; what can be taken back has names of its own. */
    private static Map<String, Object> resources(Resources from) {
        var all = new LinkedHashMap<String, Object>();
        for (var name : new String[] {"cpus", "gpus", "mem", "disk"}) {
            all.put(name, Milli.toDouble(from.nonRevocable().milli(name)));
        }
        for (var name : from.revocable().scalars().names()) {
            all.put(name + "_revocable", Milli.toDouble(from.revocable().milli(name)));
        }
        var ports = from.ranges("ports");
        if (!ports.isEmpty()) {
            all.put("ports", ports.text());
        }
        return all;
    }
}
