package org.mesolith.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.Label;
import org.mesolith.model.Labels;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.view.ReservationPlanner;
import org.mesolith.wire.HttpRequest;

/**
 * Reads what is posted below {@code /reservations}; the first thing wrong ends it with an IllegalArgumentException for
 * the caller.
 */
final class ReservationsBody {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> RESERVATION = List.of("role", "principal", "labels", "resources");
    private static final List<String> NOTES = List.of("owner", "purpose", "expires");

    private ReservationsBody() {}

    /** {@code {"agents": ["S1"], "role": "ads", "resources": "cpus:4;mem:1024", "owner": "ann", …}}. */
    static OperatorCall.ReserveAgents reserve(HttpRequest request) {
        var known = new ArrayList<>(List.of("agents"));
        known.addAll(RESERVATION);
        known.addAll(NOTES);
        var body = read(request, known);
        return new OperatorCall.ReserveAgents(
                agents(body), resources(body).pushReservation(reservation(body)), wish(body));
    }

    /** {@code {"agents": 3, "spread": "zone", "uneven": false, "role": "ads", "resources": "cpus:4"}}. */
    static ReservationPlanner.Wanted plan(HttpRequest request) {
        var known = new ArrayList<>(List.of("agents", "spread", "uneven"));
        known.addAll(RESERVATION);
        var body = read(request, known);
        var count = body.path("agents");
        if (!count.isInt() || count.intValue() < 1 || count.intValue() > Limits.RESERVATIONS_PER_CALL_MAX) {
            throw new IllegalArgumentException(
                    "'agents' must be a number of agents from 1 to " + Limits.RESERVATIONS_PER_CALL_MAX);
        }
        return new ReservationPlanner.Wanted(
                reservation(body),
                resources(body),
                count.intValue(),
                text(body, "spread"),
                body.path("uneven").asBoolean(false));
    }

    /** {@code {"reservations": [{"agent": "S1", "stack": [{"role": "ads", …}]}], "owner": "ann", "expires": null}}. */
    static OperatorCall.NoteReservations note(HttpRequest request) {
        var known = new ArrayList<>(List.of("reservations"));
        known.addAll(NOTES);
        var body = read(request, known);
        return new OperatorCall.NoteReservations(keys(body), wish(body));
    }

    /** {@code {"reservations": [{"agent": "S1", "stack": [{"role": "ads", …}]}]}}. */
    static OperatorCall.ReleaseReservations release(HttpRequest request) {
        return new OperatorCall.ReleaseReservations(keys(read(request, List.of("reservations"))));
    }

    private static JsonNode read(HttpRequest request, List<String> known) {
        JsonNode body;
        try {
            body = MAPPER.readTree(request.body().bytes());
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("The body is not JSON: " + notJson.getOriginalMessage(), notJson);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("The body cannot be read: " + unreadable.getMessage(), unreadable);
        }
        return known(body, "the body", known);
    }

    private static JsonNode known(JsonNode node, String what, List<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(what + " must be an object with " + String.join(", ", known));
        }
        for (var names = node.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        what + " has no key '" + name + "'; it has " + String.join(", ", known));
            }
        }
        return node;
    }

    private static List<AgentId> agents(JsonNode body) {
        var agents = new ArrayList<AgentId>();
        for (var one : list(body, "agents")) {
            if (!one.isTextual() || one.textValue().isEmpty()) {
                throw new IllegalArgumentException("'agents' must be a list of ids, as texts");
            }
            agents.add(new AgentId(one.textValue()));
        }
        return agents;
    }

    private static JsonNode list(JsonNode body, String name) {
        var listed = body.path(name);
        if (!listed.isArray() || listed.isEmpty() || listed.size() > Limits.RESERVATIONS_PER_CALL_MAX) {
            throw new IllegalArgumentException(
                    "'" + name + "' must be a list of 1 to " + Limits.RESERVATIONS_PER_CALL_MAX);
        }
        return listed;
    }

    private static List<ReservationKey> keys(JsonNode body) {
        var keys = new ArrayList<ReservationKey>();
        for (var one : list(body, "reservations")) {
            known(one, "each of 'reservations'", List.of("agent", "stack"));
            var agent = text(one, "agent");
            if (agent == null) {
                throw new IllegalArgumentException("each of 'reservations' must name its 'agent'");
            }
            var stack = new ArrayList<Reservation>();
            for (var level : list(one, "stack")) {
                known(level, "each level of a 'stack'", List.of("type", "role", "principal", "labels"));
                stack.add(level(level));
            }
            keys.add(new ReservationKey(new AgentId(agent), stack));
        }
        return keys;
    }

    private static Reservation level(JsonNode node) {
        var type = text(node, "type");
        if (type != null && !type.equals("DYNAMIC") && !type.equals("STATIC")) {
            throw new IllegalArgumentException("'type' must be STATIC or DYNAMIC, and is '" + type + "'");
        }
        return new Reservation(
                "STATIC".equals(type) ? Reservation.Type.STATIC : Reservation.Type.DYNAMIC,
                role(node),
                text(node, "principal"),
                labels(node));
    }

    private static Reservation reservation(JsonNode body) {
        return new Reservation(Reservation.Type.DYNAMIC, role(body), text(body, "principal"), labels(body));
    }

    private static String role(JsonNode body) {
        var role = text(body, "role");
        var problem = role == null ? "it must be named" : Roles.problem(role);
        if (role == null || problem != null || role.equals(Roles.STAR)) {
            throw new IllegalArgumentException(
                    "'role' is not one to reserve for: " + (problem == null ? "nothing is reserved for '*'" : problem));
        }
        return role;
    }

    private static Labels labels(JsonNode body) {
        var listed = body.path("labels");
        if (listed.isMissingNode() || listed.isNull()) {
            return Labels.NONE;
        }
        var all = listed.isObject() ? listed.path("labels") : listed;
        var labels = new ArrayList<Label>();
        for (var one : all) {
            var key = text(known(one, "each of 'labels'", List.of("key", "value")), "key");
            if (key == null) {
                throw new IllegalArgumentException("each of 'labels' must have a 'key'");
            }
            labels.add(new Label(key, text(one, "value")));
        }
        return new Labels(labels);
    }

    private static Resources resources(JsonNode body) {
        var text = text(body, "resources");
        try {
            var resources = text == null ? Resources.EMPTY : Resources.parse(text);
            if (resources.isEmpty() || !resources.reserved().isEmpty()) {
                throw new IllegalArgumentException("it must name amounts without a role");
            }
            return resources;
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "'resources' must be a text as cpus:4;mem:1024 (memory and disk in MB): " + wrong.getMessage(),
                    wrong);
        }
    }

    private static ReservationWish wish(JsonNode body) {
        return new ReservationWish(text(body, "owner"), text(body, "purpose"), expires(body), body.has("expires"));
    }

    private static @Nullable Instant expires(JsonNode body) {
        var text = text(body, "expires");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "'expires' must be a time as 2026-12-01T06:00:00Z, or null for never", wrong);
        }
    }

    private static @Nullable String text(JsonNode body, String name) {
        var node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' must be a text");
        }
        return node.textValue();
    }
}
