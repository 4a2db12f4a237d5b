package org.mesolith.cli.command.top;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.Lookup;
import org.mesolith.cli.command.top.Row.Amount;

/**
 * What was seen in one look at the cluster. Only the call of the asked view is made, and of its rows only the first
 * ones are kept, so that a look at a million tasks needs the memory of a few hundred.
 *
 * @param rows sorted
 * @param count how many there are, those that were not kept too
 * @param allocated the sum over all
 * @param total the sum over all
 * @param addresses of agents, by id; empty where the view does not tell
 * @param took how long the look took
 */
record Reading(
        List<Row> rows,
        int count,
        Amount allocated,
        Amount total,
        Map<String, HostPort> addresses,
        HostPort answeredBy,
        Instant at,
        Duration took) {

    /** So many rows can be scrolled through. */
    static final int ROWS_MAX = 500;

    static Reading of(Operator operator, View view, View.Sort sort) {
        long begun = System.nanoTime();
        var top = new First(sort);
        var addresses = new TreeMap<String, HostPort>();
        HostPort answeredBy = switch (view) {
            case AGENTS ->
                operator.rows("GET_AGENTS", "get_agents", Map.of("agents", agent -> {
                    addresses.put(agent.text("agent_info.id.value"), Lookup.address(agent));
                    top.add(agent(agent));
                }));
            case ROLES -> operator.rows("GET_ROLES", "get_roles", Map.of("roles", role -> top.add(role(role))));
            case TASKS -> operator.rows("GET_TASKS", "get_tasks", Map.of("tasks", task -> top.add(task(task))));
        };
        return new Reading(
                top.sorted(),
                top.count,
                top.allocated,
                top.total,
                addresses,
                answeredBy,
                Instant.now(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private static Row agent(JsonObject agent) {
        String id = agent.text("agent_info.id.value");
        String drain = agent.text("drain_info.state");
        String state = agent.isTrue("deactivated") ? "deactivated" : agent.isTrue("active") ? "active" : "inactive";
        return new Row(
                agent.text("agent_info.hostname"),
                id,
                drain.isEmpty() ? state : drain.toLowerCase(java.util.Locale.ROOT),
                Amount.of(agent.objects("allocated_resources")),
                Amount.of(agent.objects(agent.has("total_resources") ? "total_resources" : "agent_info.resources")),
                id,
                "");
    }

    private static Row role(JsonObject role) {
        return new Row(
                role.text("name"),
                Integer.toString(role.objects("frameworks").size()),
                "",
                Amount.of(role.objects("resources")),
                Amount.NONE,
                "",
                "");
    }

    private static Row task(JsonObject task) {
        String executor = task.text("executor_id.value");
        return new Row(
                task.text("task_id.value"),
                task.text("framework_id.value"),
                org.mesolith.cli.render.Texts.state(task.text("state")),
                Amount.of(task.objects("resources")),
                Amount.NONE,
                task.text("agent_id.value"),
                executor.isEmpty() ? task.text("task_id.value") : executor);
    }

    /** The first rows of an order, however many come. */
    private static final class First {
        private final View.Sort sort;
        private final PriorityQueue<Row> kept;
        private int count;
        private Amount allocated = Amount.NONE;
        private Amount total = Amount.NONE;

        First(View.Sort sort) {
            this.sort = sort;
            this.kept = new PriorityQueue<>(sort.order().reversed());
        }

        void add(Row row) {
            count++;
            allocated = allocated.plus(row.allocated());
            total = total.plus(row.total());
            kept.add(row);
            if (kept.size() > ROWS_MAX) {
                kept.remove();
            }
        }

        List<Row> sorted() {
            var rows = new ArrayList<>(kept);
            rows.sort(sort.order());
            return rows;
        }
    }
}
