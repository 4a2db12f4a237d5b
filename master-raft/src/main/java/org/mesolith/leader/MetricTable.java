package org.mesolith.leader;

import static org.mesolith.metrics.Sample.Kind.COUNTER;
import static org.mesolith.metrics.Sample.Kind.GAUGE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.mesolith.base.Check;
import org.mesolith.metrics.Sample;
import org.mesolith.metrics.Sample.Kind;

/**
 * Every number of the leader: Mesos' name, with parts in angle brackets that differ from one sample to the next, how it
 * moves, and what it says. One line a metric.
 */
public final class MetricTable {
    private static final Pattern PART = Pattern.compile("<([a-z_]+)>");
    private static final Pattern PART_AND_JOINT = Pattern.compile("[_/]?<[a-z_]+>");
    private static final SortedMap<String, Row> ROWS = rows();

    /**
     * One metric.
     *
     * @param parts those in angle brackets, in order
     * @param pieces what stands before, between and behind them
     * @param family the name without them; one at the end is what the samples are counted by
     */
    public record Row(String metric, Kind kind, String help, List<String> parts, List<String> pieces, String family) {
        static Row of(String metric, Kind kind, String help) {
            var parts = new ArrayList<String>();
            var pieces = new ArrayList<String>();
            var found = PART.matcher(metric);
            int from = 0;
            while (found.find()) {
                parts.add(found.group(1));
                pieces.add(metric.substring(from, found.start()));
                from = found.end();
            }
            pieces.add(metric.substring(from));
            boolean counted = !parts.isEmpty()
                    && from == metric.length()
                    && pieces.get(parts.size() - 1).endsWith("/");
            var family = PART_AND_JOINT.matcher(metric).replaceAll("") + (counted ? "_by_" + parts.getLast() : "");
            return new Row(metric, kind, help, List.copyOf(parts), List.copyOf(pieces), family);
        }

        private String name(List<String> names) {
            var name = new StringBuilder(pieces.getFirst());
            for (int i = 0; i < parts.size(); i++) {
                name.append(names.get(i)).append(pieces.get(i + 1));
            }
            return name.toString();
        }
    }

    private MetricTable() {}

    /** All of them, by name. */
    public static Collection<Row> all() {
        return ROWS.values();
    }

    /** A number of which there is one. */
    static Sample sample(String metric, double value) {
        return sample(metric, value, List.of());
    }

    /**
     * One of several.
     *
     * @param names what stands for the parts in angle brackets, in order
     */
    static Sample sample(String metric, double value, List<String> names) {
        var row = Check.present(ROWS.get(metric), "row of the table of metrics for " + metric);
        if (names.isEmpty()) {
            return new Sample(metric, row.kind(), row.help(), value);
        }
        var labels = new ArrayList<Sample.Label>();
        for (int i = 0; i < row.parts().size(); i++) {
            labels.add(new Sample.Label(row.parts().get(i), names.get(i)));
        }
        return new Sample(row.name(names), row.kind(), row.help(), value, row.family(), labels);
    }

    private static SortedMap<String, Row> rows() {
        var rows = new TreeMap<String, Row>();
        cluster(rows);
        messages(rows);
        resources(rows);
        frameworks(rows);
        allocator(rows);
        return Collections.unmodifiableSortedMap(rows);
    }

    private static void cluster(SortedMap<String, Row> rows) {
        add(rows, GAUGE, "master/uptime_secs", "Seconds since this master's process started.");
        add(rows, GAUGE, "master/elected", "1 on the master that leads and is ready, else 0.");
        add(rows, GAUGE, "master/slaves_connected", "Registered agents with a link.");
        add(rows, GAUGE, "master/agents_linked/<version>", "Agents with a link, by the version of their software.");
        add(rows, GAUGE, "master/agents_clock_off", "Agents whose clock is more than a second off the leader's.");
        add(rows, GAUGE, "master/slaves_disconnected", "Registered agents without a link.");
        add(rows, GAUGE, "master/slaves_active", "Registered agents that may be offered.");
        add(rows, GAUGE, "master/slaves_inactive", "Registered agents that may not be offered.");
        add(rows, GAUGE, "master/slaves_unreachable", "Agents that are unreachable.");
        add(rows, GAUGE, "master/frameworks_connected", "Frameworks with a stream.");
        add(rows, GAUGE, "master/frameworks_disconnected", "Frameworks without a stream.");
        add(rows, GAUGE, "master/frameworks_active", "Frameworks that may be offered something.");
        add(rows, GAUGE, "master/frameworks_inactive", "Frameworks that may not be offered anything.");
        add(rows, GAUGE, "master/operator_event_stream_subscribers", "Operators who are told what happens.");
        add(rows, GAUGE, "master/outstanding_offers", "Offers sent and not answered yet.");
        for (var state : List.of("staging", "starting", "running", "killing", "unreachable")) {
            add(rows, GAUGE, "master/tasks_" + state, "Tasks that are " + state + " now.");
        }
        for (var state :
                List.of("finished", "failed", "killed", "lost", "error", "dropped", "gone", "gone_by_operator")) {
            add(rows, COUNTER, "master/tasks_" + state, "Tasks that ended with this state in this term.");
        }
        add(
                rows,
                COUNTER,
                "master/task_<state>/source_<source>/reason_<reason>",
                "Tasks that ended in this term, by state, source and reason.");
        add(rows, GAUGE, "master/event_queue_http_requests", "Calls that wait for the leader's answer.");
        add(rows, COUNTER, "master/slave_registrations", "Agents admitted as new in this term.");
        add(rows, COUNTER, "master/slave_reregistrations", "Agents that came back in this term.");
        add(rows, COUNTER, "master/slave_removals", "Agents removed or made unreachable in this term.");
        add(rows, COUNTER, "master/slave_removals/reason_unhealthy", "Agents made unreachable in this term.");
        add(rows, COUNTER, "master/slave_removals/reason_unregistered", "Agents that left by themselves.");
        add(rows, COUNTER, "master/slave_unreachable_scheduled", "Agents that were to become unreachable.");
        add(rows, COUNTER, "master/slave_unreachable_completed", "Agents that became unreachable.");
        add(rows, COUNTER, "master/slave_unreachable_canceled", "Agents that came back just in time.");
        add(rows, COUNTER, "master/recovery_slave_removals", "Agents never heard since the leader changed.");
        timer(rows, "registrar/state_store_ms", "Milliseconds from proposing a change to its decision");
    }

    private static void messages(SortedMap<String, Row> rows) {
        add(rows, COUNTER, "master/dropped_messages", "Calls and updates refused for state or limits.");
        add(rows, COUNTER, "master/messages_register_framework", "SUBSCRIBE without an id.");
        add(rows, COUNTER, "master/messages_reregister_framework", "SUBSCRIBE with an id.");
        add(rows, COUNTER, "master/messages_unregister_framework", "TEARDOWN.");
        add(rows, COUNTER, "master/messages_kill_task", "KILL.");
        add(rows, COUNTER, "master/messages_launch_tasks", "Operations LAUNCH with tasks.");
        add(rows, COUNTER, "master/messages_decline_offers", "DECLINE, and operations LAUNCH without tasks.");
        add(rows, COUNTER, "master/messages_revive_offers", "REVIVE.");
        add(rows, COUNTER, "master/messages_suppress_offers", "SUPPRESS.");
        add(rows, COUNTER, "master/messages_resource_request", "REQUEST.");
        add(rows, COUNTER, "master/messages_framework_to_executor", "MESSAGE.");
        add(rows, COUNTER, "master/valid_framework_to_executor_messages", "MESSAGE for a registered agent.");
        add(
                rows,
                COUNTER,
                "master/invalid_framework_to_executor_messages",
                "MESSAGE for no registered agent: dropped.");
        add(rows, COUNTER, "master/messages_executor_to_framework", "Messages of executors.");
        add(rows, COUNTER, "master/valid_executor_to_framework_messages", "Of them, for frameworks that exist.");
        add(rows, COUNTER, "master/invalid_executor_to_framework_messages", "Of them, for others: dropped.");
        add(rows, COUNTER, "master/messages_exited_executor", "Ends of executors, as agents told them.");
        add(rows, COUNTER, "master/messages_reconcile_tasks", "RECONCILE.");
        add(rows, COUNTER, "master/messages_status_update_acknowledgement", "ACKNOWLEDGE.");
        add(rows, COUNTER, "master/messages_reconcile_operations", "RECONCILE_OPERATIONS.");
        add(rows, COUNTER, "master/messages_operation_status_update_acknowledgement", "ACKNOWLEDGE_OPERATION_STATUS.");
        add(
                rows,
                COUNTER,
                "master/valid_operation_status_update_acknowledgements",
                "ACKNOWLEDGE_OPERATION_STATUS of a status that was told.");
        add(
                rows,
                COUNTER,
                "master/invalid_operation_status_update_acknowledgements",
                "ACKNOWLEDGE_OPERATION_STATUS of another: dropped.");
        for (var of : List.of("", "<operation_type>/")) {
            var which = of.isEmpty() ? "" : ", by type";
            add(rows, COUNTER, "master/operations/" + of + "total", "Operations that were performed" + which + ".");
            add(rows, COUNTER, "master/operations/" + of + "finished", "Operations that are finished" + which + ".");
            add(rows, COUNTER, "master/operations/" + of + "error", "Operations that were invalid" + which + ".");
        }
        add(rows, COUNTER, "master/operations/gone_by_operator", "Finished operations whose agent is gone.");
        add(rows, COUNTER, "master/messages_register_slave", "Agents that joined without an id.");
        add(rows, COUNTER, "master/messages_reregister_slave", "Agents that joined with an id.");
        add(rows, COUNTER, "master/messages_update_slave", "Agents that told anew what they lend.");
        add(rows, COUNTER, "master/messages_unregister_slave", "Agents that said that they leave.");
        add(rows, COUNTER, "master/messages_status_update", "Status updates of agents, repeated ones too.");
        add(rows, COUNTER, "master/valid_status_updates", "Status updates that were taken.");
        add(rows, COUNTER, "master/invalid_status_updates", "Status updates of agents that are not registered.");
        add(rows, COUNTER, "master/valid_status_update_acknowledgements", "ACKNOWLEDGE that was passed on.");
        add(rows, COUNTER, "master/invalid_status_update_acknowledgements", "ACKNOWLEDGE that was dropped.");
        add(rows, COUNTER, "frameworks/<principal>/messages_received", "Calls of frameworks of this principal.");
        add(rows, COUNTER, "frameworks/<principal>/messages_processed", "Those of them that were performed.");
    }

    private static void resources(SortedMap<String, Row> rows) {
        for (var name : List.of("cpus", "gpus", "mem", "disk")) {
            var unit = unit(name);
            add(rows, GAUGE, "master/" + name + "_total", unit + " of registered agents.");
            add(rows, GAUGE, "master/" + name + "_used", unit + " that tasks hold.");
            add(rows, GAUGE, "master/" + name + "_percent", unit + " held by tasks, of all (0 to 1).");
            var lent = unit + " that agents lend on top of what they have";
            add(rows, GAUGE, "master/" + name + "_revocable_total", lent + ".");
            add(rows, GAUGE, "master/" + name + "_revocable_used", lent + ", held by tasks.");
            add(rows, GAUGE, "master/" + name + "_revocable_percent", lent + ", held by tasks, of all (0 to 1).");
        }
        for (var name : List.of("cpus", "mem", "disk")) {
            var unit = unit(name);
            add(rows, GAUGE, "allocator/mesos/resources/" + name + "/total", unit + " of registered agents.");
            add(
                    rows,
                    GAUGE,
                    "allocator/mesos/resources/" + name + "/offered_or_allocated",
                    unit + " that are offered or held by tasks.");
        }
    }

    private static String unit(String resource) {
        return switch (resource) {
            case "cpus" -> "CPUs";
            case "gpus" -> "GPUs";
            case "mem" -> "Memory in MB";
            default -> "Disk in MB";
        };
    }

    private static void frameworks(SortedMap<String, Row> rows) {
        of(rows, GAUGE, "subscribed", "1 while the framework has a stream, else 0.");
        of(rows, COUNTER, "calls", "Calls of the framework in this term.");
        of(rows, COUNTER, "calls/<call_type>", "Calls of the framework in this term, by type.");
        of(rows, COUNTER, "events", "Events sent to the framework in this term.");
        of(rows, COUNTER, "events/<event_type>", "Events sent to the framework in this term, by type.");
        of(rows, COUNTER, "operations", "Operations on offers that the framework asked for.");
        of(rows, COUNTER, "operations/<operation_type>", "Operations that the framework asked for, by type.");
        of(rows, GAUGE, "tasks/active/<active_state>", "The framework's tasks now, by state.");
        of(rows, COUNTER, "tasks/terminal/<terminal_state>", "The framework's tasks that ended, by state.");
        of(rows, COUNTER, "offers/sent", "Offers sent to the framework.");
        of(rows, COUNTER, "offers/accepted", "Offers that the framework used.");
        of(rows, COUNTER, "offers/declined", "Offers that the framework gave back.");
        of(rows, COUNTER, "offers/rescinded", "Offers taken back from the framework.");
        of(rows, GAUGE, "roles/<role>/suppressed", "1 while the framework wants no offers for the role, else 0.");
    }

    private static void allocator(SortedMap<String, Row> rows) {
        add(rows, GAUGE, "allocator/event_queue_dispatches", "Allocation rounds that wait (old name).");
        add(rows, GAUGE, "allocator/mesos/event_queue_dispatches", "Allocation rounds that wait.");
        add(rows, COUNTER, "allocator/mesos/allocation_runs", "Allocation rounds in this term.");
        timer(rows, "allocator/mesos/allocation_run_ms", "Milliseconds that an allocation round took");
        timer(rows, "allocator/mesos/allocation_run_latency_ms", "Milliseconds that an allocation round waited");
        add(
                rows,
                GAUGE,
                "allocator/mesos/roles/<role>/shares/dominant",
                "Dominant share of the role and all below it (0 to 1).");
        add(
                rows,
                GAUGE,
                "allocator/mesos/offer_filters/roles/<role>/active",
                "Refusals of offers that are in force for the role.");
        add(rows, GAUGE, QuotaMetrics.OF_QUOTA + "guarantee", "What is kept free for the role and those below it.");
        add(rows, GAUGE, QuotaMetrics.OF_QUOTA + "limit", "What the role and those below it may have at most.");
        add(
                rows,
                GAUGE,
                QuotaMetrics.OF_QUOTA + "offered_or_allocated",
                "What is offered to the role and those below it, or held by their tasks.");
        add(
                rows,
                GAUGE,
                QuotaMetrics.OF_QUOTA + "consumed",
                "What counts against the quota: reservations of the role and those below it, and what tasks hold.");
    }

    private static void of(SortedMap<String, Row> rows, Kind kind, String end, String help) {
        add(rows, kind, LeaderMetrics.OF_FRAMEWORK + end, help);
    }

    private static void timer(SortedMap<String, Row> rows, String metric, String what) {
        add(rows, GAUGE, metric, what + ", the last time.");
        add(rows, GAUGE, metric + "/count", what + ": times known, of the last hour.");
        add(rows, GAUGE, metric + "/min", what + ": shortest of the last hour.");
        add(rows, GAUGE, metric + "/max", what + ": longest of the last hour.");
        for (var part : List.of("50", "90", "95", "99", "999", "9999")) {
            add(rows, GAUGE, metric + "/p" + part, what + ": quantile 0." + part + " of the last hour.");
        }
    }

    private static void add(SortedMap<String, Row> rows, Kind kind, String metric, String help) {
        rows.put(metric, Row.of(metric, kind, help));
    }
}
