package org.mesolith.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.base.Limits;
import org.mesolith.leader.preview.DeclarationPlan;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.DeclaredKind;
import org.mesolith.model.Label;
import org.mesolith.model.Labels;
import org.mesolith.model.MachineId;
import org.mesolith.model.MaintenanceWindow;
import org.mesolith.model.MalformedTextException;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.model.Unavailability;
import org.mesolith.model.Weight;
import org.mesolith.wire.HttpRequest;

/**
 * Reads declarations as {@link DeclarationJson} writes them; the first thing wrong ends it with an
 * IllegalArgumentException for the caller.
 */
final class DeclarationBody {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private DeclarationBody() {}

    /** A declaration as its author wrote it. */
    record Wished(String name, List<DeclarationPlan.Wish> objects) {}

    /** {@code {"name": …, "weights": […], "reservations": […], "quotas": […], "windows": […]}}. */
    static Wished wish(HttpRequest request) {
        var body = read(request);
        keys(body, "the body", "name", "weights", "reservations", "quotas", "windows");
        var objects = new ArrayList<DeclarationPlan.Wish>();
        for (var kind : DeclaredKind.values()) {
            var listed = body.path(kind.text());
            if (listed.isMissingNode() || listed.isNull()) {
                continue;
            }
            for (var node : elements(listed, kind.text())) {
                var object = object(node, kind);
                boolean any = object instanceof Declarable.OfReservation
                        && !node.path("stack")
                                .path(node.path("stack").size() - 1)
                                .has("principal");
                objects.add(new DeclarationPlan.Wish(object, any));
            }
        }
        return new Wished(text(body, "name", "the body"), objects);
    }

    /** {@code {"name": …, "kind": "weights", "revision": 7, "changes": [{"seen": {…}, "wanted": {…}}, …]}}. */
    static OperatorCall.Declare part(HttpRequest request) {
        var body = read(request);
        keys(body, "the body", "name", "kind", "revision", "changes");
        var word = text(body, "kind", "the body");
        var kind = DeclaredKind.of(word);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "'kind' must be weights, reservations, quotas or windows, and is '" + word + "'");
        }
        var revision = body.path("revision");
        if (!revision.isIntegralNumber() || !revision.canConvertToLong() || revision.longValue() < 0) {
            throw new IllegalArgumentException("'revision' must be a number, 0 or more, as the plan has it");
        }
        var changes = new ArrayList<DeclaredChange>();
        for (var node : elements(body.path("changes"), "changes")) {
            keys(node, "a change", "seen", "wanted");
            changes.add(new DeclaredChange(
                    node.hasNonNull("seen") ? object(node.path("seen"), kind) : null,
                    node.hasNonNull("wanted") ? object(node.path("wanted"), kind) : null));
        }
        return new OperatorCall.Declare(text(body, "name", "the body"), kind, revision.longValue(), changes);
    }

    private static Declarable object(JsonNode node, DeclaredKind kind) {
        return switch (kind) {
            case WEIGHTS -> weight(node);
            case QUOTAS -> quota(node);
            case RESERVATIONS -> reservation(node);
            case WINDOWS -> window(node);
        };
    }

    private static Declarable weight(JsonNode node) {
        keys(node, "a weight", "role", "weight");
        if (!node.path("weight").isNumber()) {
            throw new IllegalArgumentException("the 'weight' of a role must be a number");
        }
        return new Declarable.OfWeight(
                Weight.of(text(node, "role", "a weight"), node.path("weight").doubleValue()));
    }

    private static Declarable quota(JsonNode node) {
        keys(node, "a quota", "role", "guarantees", "limits");
        return new Declarable.OfQuota(new Quota(
                text(node, "role", "a quota"),
                Quantities.of(amounts(node, "guarantees")),
                new QuantityLimits(amounts(node, "limits"))));
    }

    private static SortedMap<String, Long> amounts(JsonNode node, String field) {
        var amounts = new TreeMap<String, Long>();
        var listed = node.path(field);
        if (listed.isMissingNode()) {
            return amounts;
        }
        if (!listed.isObject()) {
            throw new IllegalArgumentException("'" + field + "' of a quota must be an object of amounts by name");
        }
        for (var amount : listed.properties()) {
            amounts.put(amount.getKey(), milli(amount.getKey(), amount.getValue()));
        }
        return amounts;
    }

    private static long milli(String name, JsonNode value) {
        var most = BigDecimal.valueOf(Milli.UNITS_MAX);
        var units = value.isNumber() ? value.decimalValue() : BigDecimal.valueOf(-1);
        boolean fits = units.signum() >= 0
                && units.compareTo(most) <= 0
                && units.stripTrailingZeros().scale() <= 3;
        if (!fits) {
            throw new IllegalArgumentException("the amount of " + name
                    + " must be a number of 0 or more with at most three decimals, and is " + value);
        }
        return units.movePointRight(3).longValueExact();
    }

    private static Declarable reservation(JsonNode node) {
        keys(node, "a reservation", "agent", "stack", "amounts");
        var stack = new ArrayList<Reservation>();
        for (var level : elements(node.path("stack"), "stack")) {
            stack.add(level(level));
        }
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("the 'stack' of a reservation is empty; say for which role it is");
        }
        var text = text(node, "amounts", "a reservation");
        try {
            return new Declarable.OfReservation(
                    new AgentId(text(node, "agent", "a reservation")), stack, Resources.parse(text));
        } catch (MalformedTextException wrong) {
            throw new IllegalArgumentException(
                    "the 'amounts' of a reservation cannot be read: " + wrong.getMessage(), wrong);
        }
    }

    private static Reservation level(JsonNode node) {
        keys(node, "a level of a stack", "role", "principal", "labels", "static");
        var labels = new ArrayList<Label>();
        if (node.hasNonNull("labels")) {
            for (var label : elements(node.path("labels"), "labels")) {
                keys(label, "a label", "key", "value");
                labels.add(new Label(
                        text(label, "key", "a label"),
                        label.hasNonNull("value") ? text(label, "value", "a label") : null));
            }
        }
        return new Reservation(
                node.path("static").asBoolean(false) ? Reservation.Type.STATIC : Reservation.Type.DYNAMIC,
                text(node, "role", "a level of a stack"),
                node.hasNonNull("principal") ? text(node, "principal", "a level of a stack") : null,
                labels.isEmpty() ? Labels.NONE : new Labels(labels));
    }

    private static Declarable window(JsonNode node) {
        keys(node, "a window", "machines", "start", "duration");
        var machines = new ArrayList<MachineId>();
        for (var machine : elements(node.path("machines"), "machines")) {
            keys(machine, "a machine", "hostname", "ip");
            machines.add(new MachineId(
                    machine.path("hostname").asText(""), machine.path("ip").asText("")));
        }
        try {
            return new Declarable.OfWindow(new MaintenanceWindow(
                    machines, new Unavailability(Instant.parse(text(node, "start", "a window")), duration(node))));
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "a window has the time '" + wrong.getParsedString()
                            + "'; write a 'start' as 2026-12-01T06:00:00Z and a 'duration' as PT2H",
                    wrong);
        }
    }

    private static @Nullable Duration duration(JsonNode node) {
        return node.hasNonNull("duration") ? Duration.parse(text(node, "duration", "a window")) : null;
    }

    // ---- the shape

    private static JsonNode read(HttpRequest request) {
        try {
            return MAPPER.readTree(request.body().bytes());
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("The body is not JSON: " + notJson.getOriginalMessage(), notJson);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("The body cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void keys(JsonNode node, String what, String... known) {
        var names = new TreeSet<>(List.of(known));
        if (!node.isObject()) {
            throw new IllegalArgumentException(what + " must be an object with " + String.join(", ", names));
        }
        for (var field : node.properties()) {
            if (!names.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        what + " has no key '" + field.getKey() + "'; it has " + String.join(", ", names));
            }
        }
    }

    private static JsonNode elements(JsonNode node, String what) {
        if (!node.isArray() || node.size() > Limits.DECLARED_OBJECTS_MAX) {
            throw new IllegalArgumentException(
                    "'" + what + "' must be a list of at most " + Limits.DECLARED_OBJECTS_MAX);
        }
        return node;
    }

    private static String text(JsonNode node, String field, String what) {
        var value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + field + "' of " + what + " must be a text");
        }
        return value.textValue();
    }
}
