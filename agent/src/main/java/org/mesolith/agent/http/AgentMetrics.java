package org.mesolith.agent.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.agent.core.AgentReadings;
import org.mesolith.agent.core.AgentSnapshot;
import org.mesolith.codec.CommandTasks;
import org.mesolith.codec.ExecutorTasks;
import org.mesolith.metrics.MetricsText;
import org.mesolith.model.Milli;
import org.mesolith.model.Resources;
import org.mesolith.model.TaskState;

/** Numbers about the agent, under Mesos' names where it has one. */
final class AgentMetrics {
    /** Counters of the core that Mesos has under a name of its own. */
    private static final SortedMap<String, String> COUNTED = new TreeMap<>(Map.of(
            "slave/executors_terminated", "executors_ended",
            "slave/valid_status_updates", "executor_updates",
            "slave/invalid_status_updates", "executor_updates_unknown",
            "slave/valid_framework_messages", "framework_messages",
            "slave/invalid_framework_messages", "framework_messages_dropped",
            "slave/container_launch_errors", "launch_errors"));

    private AgentMetrics() {}

    static SortedMap<String, Double> of(AgentSnapshot snapshot, AgentFacts facts) {
        var all = new TreeMap<String, Double>();
        all.put("slave/uptime_secs", seconds(Duration.between(facts.startedAt(), snapshot.at())));
        all.put("slave/registered", snapshot.registered() ? 1.0 : 0.0);
        for (var state : new TaskState[] {
            TaskState.TASK_STAGING, TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING
        }) {
            all.put(name(state), (double)
                    snapshot.live().stream().filter(run -> run.state() == state).count());
        }
        for (var state : new TaskState[] {
            TaskState.TASK_FINISHED,
            TaskState.TASK_FAILED,
            TaskState.TASK_KILLED,
            TaskState.TASK_LOST,
            TaskState.TASK_GONE
        }) {
            all.put(
                    name(state),
                    snapshot.counts().getOrDefault("ended_" + state.name(), 0L).doubleValue());
        }
        all.put("slave/frameworks_active", (double) snapshot.live().stream()
                .map(run -> run.record().id().key().framework())
                .distinct()
                .count());
        executors(all, snapshot);
        outside(all, facts.readings().get());
        resources(all, snapshot, facts);
        snapshot.counts().forEach((name, count) -> {
            if (!name.startsWith("ended_")) {
                all.put("agent/" + name, count.doubleValue());
            }
        });
        return all;
    }

    /** Executors of frameworks; built-in ones are there as soon as they are written down. */
    private static void executors(SortedMap<String, Double> all, AgentSnapshot snapshot) {
        int registering = 0;
        int running = 0;
        int terminating = 0;
        for (var run : snapshot.executors()) {
            switch (run.record().progress().phase()) {
                case RECORDING, FETCHING, STARTING -> registering++;
                case RUNNING -> {
                    if (run.listens()) {
                        running++;
                    } else {
                        registering++;
                    }
                }
                case ABORTING, KILLING, ENDING -> terminating++;
                case ENDED -> {}
            }
        }
        all.put("slave/executors_registering", (double) registering);
        all.put("slave/executors_running", (double) running);
        all.put("slave/executors_terminating", (double) terminating);
        var counts = snapshot.counts();
        COUNTED.forEach((name, counter) ->
                all.put(name, counts.getOrDefault(counter, 0L).doubleValue()));
    }

    private static void outside(SortedMap<String, Double> all, AgentReadings readings) {
        var removals = readings.removals();
        all.put("slave/executor_directory_max_allowed_age_secs", seconds(removals.ageMax()));
        all.put("gc/path_removals_pending", (double) removals.pending());
        all.put("gc/path_removals_succeeded", (double) removals.succeeded());
        all.put("gc/path_removals_failed", (double) removals.failed());
        var fetches = readings.fetches();
        all.put("containerizer/fetcher/cache_size_total_bytes", (double) fetches.cacheBytesMax());
        all.put("containerizer/fetcher/cache_size_used_bytes", (double) fetches.cacheBytes());
        all.put("containerizer/fetcher/task_fetches_succeeded", (double) fetches.succeeded());
        all.put("containerizer/fetcher/task_fetches_failed", (double) fetches.failed());
    }

    private static String name(TaskState state) {
        return "slave/" + state.name().toLowerCase(Locale.ROOT).replaceFirst("task_", "tasks_");
    }

    private static void resources(SortedMap<String, Double> all, AgentSnapshot snapshot, AgentFacts facts) {
        var used = used(snapshot);
        for (var name : new String[] {"cpus", "gpus", "mem", "disk"}) {
            amounts(
                    all,
                    name,
                    facts.info().resources().milli(name),
                    used.nonRevocable().milli(name));
            amounts(
                    all,
                    name + "_revocable",
                    snapshot.lent().milli(name),
                    used.revocable().milli(name));
        }
    }

    private static void amounts(SortedMap<String, Double> all, String name, long total, long taken) {
        all.put("slave/" + name + "_total", Milli.toDouble(total));
        all.put("slave/" + name + "_used", Milli.toDouble(taken));
        all.put("slave/" + name + "_percent", total == 0 ? 0.0 : (double) taken / total);
    }

    /** What the live tasks and executors hold. */
    static Resources used(AgentSnapshot snapshot) {
        var used = Resources.EMPTY;
        for (var run : snapshot.live()) {
            if (!run.state().isTerminal() && !run.record().order().taskInfo().isEmpty()) {
                used = used.plus(CommandTasks.resourcesOf(run.record().order().taskInfo()));
            }
        }
        for (var run : snapshot.executors()) {
            if (!run.state().isTerminal()) {
                used = used.plus(ExecutorTasks.resourcesOf(run.record().order().taskInfo()));
            }
        }
        return used;
    }

    /** The text format of Prometheus. */
    static String prometheus(SortedMap<String, Double> metrics) {
        return MetricsText.prometheus(AgentMetricHelp.samples(metrics));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
