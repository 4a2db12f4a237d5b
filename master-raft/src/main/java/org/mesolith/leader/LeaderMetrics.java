package org.mesolith.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mesolith.allocator.Allocator;
import org.mesolith.leader.event.Tally;
import org.mesolith.leader.task.TaskCounts;
import org.mesolith.model.Milli;
import org.mesolith.model.TaskState;
import org.mesolith.state.Registry;

/**
 * Numbers of the leader at one moment, under Mesos' names. Counters start at zero with each leadership.
 *
 * @param values by name, sorted
 */
public record LeaderMetrics(SortedMap<String, Double> values) {
    private static final List<TaskState> LIVE = List.of(
            TaskState.TASK_STAGING,
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_KILLING,
            TaskState.TASK_UNREACHABLE);

    /** Counters that are shown as zero before they were ever counted. */
    private static final List<String> COUNTERS = List.of(
            "master/tasks_finished",
            "master/tasks_failed",
            "master/tasks_killed",
            "master/tasks_lost",
            "master/tasks_error",
            "master/tasks_dropped",
            "master/tasks_gone",
            "master/tasks_gone_by_operator",
            "master/dropped_messages",
            "master/messages_register_framework",
            "master/messages_reregister_framework",
            "master/messages_kill_task",
            "master/messages_status_update_acknowledgement",
            "master/messages_decline_offers",
            "master/messages_revive_offers",
            "master/messages_suppress_offers",
            "master/messages_reconcile_tasks",
            "master/messages_register_slave",
            "master/messages_reregister_slave",
            "master/messages_unregister_slave",
            "master/messages_status_update",
            "master/valid_status_updates",
            "master/invalid_status_updates",
            "master/valid_status_update_acknowledgements",
            "master/invalid_status_update_acknowledgements",
            "master/slave_registrations",
            "master/slave_reregistrations",
            "master/slave_removals",
            "master/slave_removals/reason_unhealthy",
            "master/slave_unreachable_scheduled",
            "master/slave_unreachable_completed",
            "master/slave_unreachable_canceled",
            "allocator/mesos/allocation_runs");

    public LeaderMetrics {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    static LeaderMetrics idle(Instant started, Instant now) {
        var values = new TreeMap<String, Double>();
        values.put("master/elected", 0.0);
        values.put("master/uptime_secs", seconds(started, now));
        return new LeaderMetrics(values);
    }

    static LeaderMetrics of(
            Registry registry, Handlers handlers, Tally tally, RoundTimes rounds, Instant started, Instant now) {
        var values = new TreeMap<String, Double>();
        values.put("master/elected", 1.0);
        values.put("master/uptime_secs", seconds(started, now));
        COUNTERS.forEach(name -> values.put(name, 0.0));
        tally.counts().forEach((name, count) -> values.put(name, (double) count));
        rounds.show(values);
        agents(registry, handlers, values);
        frameworks(registry, handlers, values);
        LIVE.forEach(state -> values.put(
                "master/" + TaskCounts.name(state), (double) handlers.tasks().in(state)));
        values.put("master/outstanding_offers", (double) handlers.offers().openCount());
        handlers.offers()
                .filtersByRole()
                .forEach((role, count) ->
                        values.put("allocator/mesos/offer_filters/roles/" + role + "/active", (double) count));
        Allocator.shares(handlers.offers().input())
                .forEach((role, share) -> values.put("allocator/mesos/roles/" + role + "/shares/dominant", share));
        resources(registry, handlers, values);
        return new LeaderMetrics(values);
    }

    private static void agents(Registry registry, Handlers handlers, SortedMap<String, Double> values) {
        var connected = handlers.agents().connected();
        long registered = 0;
        long active = 0;
        for (var row : registry.agents()) {
            registered += row.isRegistered() ? 1 : 0;
            active += connected.contains(row.id()) && !row.deactivated() ? 1 : 0;
        }
        values.put("master/slaves_connected", (double) connected.size());
        values.put("master/slaves_disconnected", (double) (registered - connected.size()));
        values.put("master/slaves_active", (double) active);
        values.put("master/slaves_inactive", (double) (registered - active));
        values.put("master/slaves_unreachable", (double) (registry.agentCount() - registered));
    }

    private static void frameworks(Registry registry, Handlers handlers, SortedMap<String, Double> values) {
        double connected = handlers.frameworks().connected().size();
        values.put("master/frameworks_connected", connected);
        values.put("master/frameworks_active", connected);
        values.put("master/frameworks_disconnected", registry.frameworkCount() - connected);
        values.put("master/frameworks_inactive", registry.frameworkCount() - connected);
    }

    private static void resources(Registry registry, Handlers handlers, SortedMap<String, Double> values) {
        var total = handlers.offers().total();
        var held = handlers.offers().held();
        for (var name : List.of("cpus", "mem", "disk")) {
            values.put("allocator/mesos/resources/" + name + "/total", Milli.toDouble(total.milli(name)));
            values.put("allocator/mesos/resources/" + name + "/offered_or_allocated", Milli.toDouble(held.milli(name)));
        }
        for (var name : List.of("cpus", "gpus", "mem", "disk")) {
            long used = 0;
            for (var role : registry.allocatedRoles()) {
                used += registry.allocatedToRole(role).milli(name);
            }
            long all = total.milli(name);
            values.put("master/" + name + "_total", Milli.toDouble(all));
            values.put("master/" + name + "_used", Milli.toDouble(used));
            values.put("master/" + name + "_percent", all == 0 ? 0.0 : (double) used / all);
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
