package org.mesolith.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.metrics.Sample;

/** What each number of an agent means, and how it moves. */
final class AgentMetricHelp {
    /** Counters; every other number goes up and down. */
    private static final SortedMap<String, String> COUNTERS = new TreeMap<>();

    private static final SortedMap<String, String> GAUGES = new TreeMap<>();

    static {
        COUNTERS.putAll(Map.of(
                "slave/tasks_finished", "Tasks that ended as they should.",
                "slave/tasks_failed", "Tasks that failed.",
                "slave/tasks_killed", "Tasks that were killed.",
                "slave/tasks_lost", "Tasks that were lost.",
                "slave/tasks_gone", "Tasks that are gone.",
                "slave/executors_terminated", "Executors of frameworks that ended.",
                "slave/valid_status_updates", "Updates of executors that were taken.",
                "slave/invalid_status_updates", "Updates of executors for tasks that they do not have.",
                "slave/valid_framework_messages", "Messages of frameworks that were passed to executors.",
                "slave/invalid_framework_messages", "Messages of frameworks that no executor could be told."));
        COUNTERS.putAll(Map.of(
                "slave/container_launch_errors", "Tasks and executors that could not be started.",
                "gc/path_removals_succeeded", "Sandboxes that were removed.",
                "gc/path_removals_failed", "Sandboxes that could not be removed.",
                "containerizer/fetcher/task_fetches_succeeded", "Tasks whose files were all fetched.",
                "containerizer/fetcher/task_fetches_failed", "Tasks of whose files one could not be fetched."));
        COUNTERS.putAll(Map.of(
                "agent/orders_refused", "Orders of masters whose leadership was over.",
                "agent/checkpoints_refused", "Writes that the disk refused.",
                "agent/updates_sent", "Updates that were sent to a master, again or for the first time.",
                "agent/updates_acknowledged", "Updates whose arrival at the framework is known.",
                "agent/acknowledgements_ignored", "Acknowledgements of updates that were not waiting for one.",
                "agent/launches", "Orders to launch a task that were new.",
                "agent/launches_repeated", "Orders to launch a task that the agent had already.",
                "agent/joins", "Links to a master on which the agent asked to join.",
                "agent/executor_updates", "Updates of executors that were taken.",
                "agent/executor_updates_unknown", "Updates of executors for tasks that they do not have."));
        COUNTERS.putAll(Map.of(
                "agent/executor_messages", "Messages of executors that were passed to frameworks.",
                "agent/framework_messages", "Messages of frameworks that were passed to executors.",
                "agent/framework_messages_dropped", "Messages of frameworks that no executor could be told.",
                "agent/executors_ended", "Executors of frameworks that ended.",
                "agent/launch_errors", "Tasks and executors that could not be started."));
        GAUGES.putAll(Map.of(
                "slave/uptime_secs", "Time since the process started, seconds.",
                "slave/registered", "1 while a master has welcomed the agent, else 0.",
                "slave/tasks_staging", "Tasks that were launched and are not being started yet.",
                "slave/tasks_starting", "Tasks whose files are fetched, or that are being started.",
                "slave/tasks_running", "Tasks that run.",
                "slave/tasks_killing", "Tasks that were told to end.",
                "slave/frameworks_active", "Frameworks that have tasks here.",
                "slave/executors_registering", "Executors of frameworks that have not subscribed yet.",
                "slave/executors_running", "Executors of frameworks that have subscribed.",
                "slave/executors_terminating", "Executors of frameworks that were told to end."));
        GAUGES.putAll(Map.of(
                "slave/executor_directory_max_allowed_age_secs", "After so long a sandbox is removed, seconds.",
                "gc/path_removals_pending", "Sandboxes that wait for their removal.",
                "containerizer/fetcher/cache_size_total_bytes", "Room for files that tasks share, bytes.",
                "containerizer/fetcher/cache_size_used_bytes", "Room that such files take, bytes."));
        for (var name : List.of("cpus", "gpus", "mem", "disk")) {
            var unit = name.equals("mem") || name.equals("disk") ? ", MiB." : ".";
            for (var revocable : List.of("", "_revocable")) {
                var what = name + (revocable.isEmpty() ? "" : " that can be taken back");
                GAUGES.put("slave/" + name + revocable + "_total", "What the agent has of " + what + unit);
                GAUGES.put("slave/" + name + revocable + "_used", "What tasks and executors hold of " + what + unit);
                GAUGES.put("slave/" + name + revocable + "_percent", "Part of " + what + " that is held, 0 to 1.");
            }
        }
    }

    private AgentMetricHelp() {}

    /** Whether the number has a meaning in the table. */
    static boolean knows(String name) {
        return COUNTERS.containsKey(name) || GAUGES.containsKey(name);
    }

    /** The numbers with what they mean; what Mesos calls slave is called agent in the families of Prometheus. */
    static List<Sample> samples(SortedMap<String, Double> metrics) {
        var samples = new ArrayList<Sample>();
        metrics.forEach((name, value) -> {
            var counter = COUNTERS.get(name);
            var help = counter == null ? GAUGES.getOrDefault(name, name) : counter;
            samples.add(new Sample(
                    name,
                    counter == null ? Sample.Kind.GAUGE : Sample.Kind.COUNTER,
                    help,
                    value,
                    name.replaceFirst("^slave/", "agent/"),
                    List.of()));
        });
        return samples;
    }
}
