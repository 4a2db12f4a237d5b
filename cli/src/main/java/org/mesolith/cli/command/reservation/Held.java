package org.mesolith.cli.command.reservation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.mesolith.cli.client.JsonObject;

/**
 * What one agent has reserved in one way: for a role, by a principal, with labels, on top of what else.
 *
 * @param stack the reservations, the oldest first; the last one counts
 * @param resources as the API shows them, each with the stack
 */
record Held(List<JsonObject> stack, List<JsonObject> resources) {
    /** All of an agent's, in the order in which the API shows them. */
    static List<Held> of(JsonObject agent) {
        Map<String, Held> found = new LinkedHashMap<>();
        for (JsonObject resource : agent.objects("total_resources")) {
            List<JsonObject> stack = resource.objects("reservations");
            if (!stack.isEmpty()) {
                found.computeIfAbsent(stack.toString(), _ -> new Held(stack, new ArrayList<>()))
                        .resources()
                        .add(resource);
            }
        }
        return List.copyOf(found.values());
    }

    private JsonObject last() {
        return stack.getLast();
    }

    String role() {
        return last().text("role");
    }

    String principal() {
        return last().text("principal");
    }

    boolean isDynamic() {
        return last().text("type").equals("DYNAMIC");
    }

    /** {@code static}, {@code dynamic}, or what it refines. */
    String kind() {
        var below = new StringJoiner(" on ");
        below.add(isDynamic() ? "dynamic" : "static");
        for (int at = stack.size() - 2; at >= 0; at--) {
            below.add(stack.get(at).text("role"));
        }
        return below.toString();
    }

    String labels() {
        var text = new StringJoiner(" ");
        for (JsonObject label : last().objects("labels.labels")) {
            text.add(label.has("value") ? label.text("key") + "=" + label.text("value") : label.text("key"));
        }
        return text.toString();
    }
}
