package org.mesolith.cli.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.check.history.HistoryEvent.Kind;
import org.mesolith.check.history.Pairs;
import org.mesolith.cli.client.HostPort;
import org.mesolith.cli.client.JsonObject;

/**
 * Reads of all agents as their leader sees them at one moment: what each has, what is used and offered of it, how far
 * its drain is, and which of our reservations and volumes it holds.
 */
final class AgentsRead {
    /** Roles of ours that hold marked reservations. */
    static List<String> roles(Stage stage) {
        return List.of("chaos-reserve-" + stage.tag() + "0", "chaos-reserve-" + stage.tag() + "1");
    }

    /** The label by which a reservation is known. */
    static final String MARK = "mark";

    private AgentsRead() {}

    /** One read; its answer, whatever became of it. */
    static MasterDoor.Answer of(Stage stage, String process, HostPort master) {
        long asked = System.nanoTime();
        long number = stage.history()
                .invoke(process, "agents-get", Map.of("at", stage.door().name(master)));
        var answer = stage.door().call(master, "/api/v1", JsonObject.of("type", "GET_AGENTS"));
        var facts = new TreeMap<>(Map.of("at", answer.at(), "why", answer.why()));
        if (answer.kind() == Kind.OK) {
            facts.put("index", answer.index());
            facts.put("term", answer.term());
            describe(answer.body(), roles(stage), facts);
            stage.signs().seen(Signs.Sign.READ, asked);
        }
        stage.history().end(answer.kind(), process, number, "agents-get", facts);
        return answer;
    }

    /** The row of an agent in such an answer; empty when it is not there, or not registered with this leader. */
    static JsonObject row(JsonObject body, String agent) {
        return body.objects("get_agents.agents").stream()
                .filter(row -> row.text("agent_info.id.value").equals(agent))
                .findFirst()
                .orElse(JsonObject.EMPTY);
    }

    /** ACTIVE, DEACTIVATED, DRAINING or DRAINED. */
    static String state(JsonObject row) {
        String drain = row.text("drain_info.state");
        return !drain.isEmpty() ? drain : row.isTrue("deactivated") ? "DEACTIVATED" : "ACTIVE";
    }

    private static void describe(JsonObject body, List<String> roles, Map<String, String> facts) {
        var held = new TreeMap<String, Double>();
        var agents = new TreeMap<String, JsonObject>();
        body.objects("get_agents.agents").forEach(row -> agents.put(row.text("agent_info.id.value"), row));
        facts.put("agents", String.join(" ", agents.keySet()));
        agents.forEach((id, row) -> {
            List<JsonObject> total = row.objects("total_resources");
            facts.put("total:" + id, Scalars.text(total));
            facts.put("used:" + id, Scalars.text(row.objects("allocated_resources")));
            facts.put("offered:" + id, Scalars.text(row.objects("offered_resources")));
            facts.put("state:" + id, state(row));
            roles.forEach(role -> facts.put("marks:" + id + "/" + role, marks(total, role)));
            facts.put("volumes:" + id, volumes(total));
            hold(row.objects("allocated_resources"), held);
            hold(row.objects("offered_resources"), held);
        });
        held.forEach((role, cpus) -> facts.put("role:" + role, Scalars.number(cpus)));
    }

    /** The cpus of each role of ours, in tasks and offers. */
    private static void hold(List<JsonObject> resources, Map<String, Double> held) {
        for (JsonObject resource : resources) {
            String role = resource.text("allocation_info.role");
            if (resource.text("name").equals("cpus") && role.startsWith("chaos-")) {
                held.merge(role, resource.number("scalar.value", 0), Double::sum);
            }
        }
    }

    /** Our reservations of a role: mark to {@code 1}, or to {@code 2} when it is refined. */
    private static String marks(List<JsonObject> resources, String role) {
        var found = new TreeMap<String, String>();
        for (JsonObject resource : resources) {
            List<JsonObject> stack = resource.objects("reservations");
            if (!stack.isEmpty() && stack.getFirst().text("role").equals(role)) {
                String mark = label(stack.getFirst());
                if (!mark.isEmpty()) {
                    found.put(mark, Integer.toString(stack.size()));
                }
            }
        }
        return Pairs.text(found);
    }

    private static String label(JsonObject reservation) {
        return reservation.objects("labels.labels").stream()
                .filter(label -> label.text("key").equals(MARK))
                .map(label -> label.text("value"))
                .findFirst()
                .orElse("");
    }

    private static String volumes(List<JsonObject> resources) {
        var found = new TreeMap<String, String>();
        for (JsonObject resource : resources) {
            String id = resource.text("disk.persistence.id");
            if (!id.isEmpty()) {
                found.put(id, Scalars.number(resource.number("scalar.value", -1)));
            }
        }
        return Pairs.text(found);
    }
}
