package org.mesolith.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.base.Limits;
import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.wire.HttpRequest;

/**
 * Reads {@code {"agents": ["S1", …], "max_unavailable": 2, "grace_seconds": 60, "deadline": "2026-12-01T06:00:00Z"}}
 * and {@code {"id": "D7", "wish": "pause"}}; the first thing wrong ends it with an IllegalArgumentException for the
 * caller.
 */
final class DrainBody {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("[Dd]([0-9]{1,18})");
    private static final int GRACE_SECONDS_MAX = 86_400;

    private DrainBody() {}

    static OperatorCall.PlanDrain plan(HttpRequest request) {
        var body = read(request, List.of("agents", "max_unavailable", "grace_seconds", "deadline"));
        return new OperatorCall.PlanDrain(agents(body), unavailable(body), grace(body), deadline(body));
    }

    static OperatorCall.SteerDrain steer(HttpRequest request) {
        var body = read(request, List.of("id", "wish"));
        var wish = body.path("wish").asText("");
        for (var known : DrainWish.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(wish)) {
                return new OperatorCall.SteerDrain(number(body.path("id").asText("")), known);
            }
        }
        throw new IllegalArgumentException("'wish' must be pause, resume or cancel, and is '" + wish + "'");
    }

    /** Of {@code D7}. */
    static long number(String id) {
        var matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + id + "' is no name of a plan; they are called D1, D2, …");
        }
        return Long.parseLong(matcher.group(1));
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
        if (!body.isObject()) {
            throw new IllegalArgumentException("the body must be an object with " + String.join(", ", known));
        }
        for (var names = body.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "the body has no key '" + name + "'; it has " + String.join(", ", known));
            }
        }
        return body;
    }

    private static List<AgentId> agents(JsonNode body) {
        var listed = body.path("agents");
        if (!listed.isArray() || listed.isEmpty() || listed.size() > Limits.DRAIN_PLAN_AGENTS_MAX) {
            throw new IllegalArgumentException(
                    "'agents' must be a list of 1 to " + Limits.DRAIN_PLAN_AGENTS_MAX + " ids of agents");
        }
        var agents = new ArrayList<AgentId>();
        for (var one : listed) {
            if (!one.isTextual() || one.textValue().isEmpty()) {
                throw new IllegalArgumentException("'agents' must be a list of ids, as texts");
            }
            agents.add(new AgentId(one.textValue()));
        }
        return agents;
    }

    private static int unavailable(JsonNode body) {
        if (!body.has("max_unavailable")) {
            return 1;
        }
        var node = body.path("max_unavailable");
        if (!node.isInt() || node.intValue() < 1) {
            throw new IllegalArgumentException("'max_unavailable' must be a number of agents, 1 or more");
        }
        return node.intValue();
    }

    private static @Nullable Duration grace(JsonNode body) {
        if (!body.hasNonNull("grace_seconds")) {
            return null;
        }
        var node = body.path("grace_seconds");
        if (!node.isInt() || node.intValue() < 0 || node.intValue() > GRACE_SECONDS_MAX) {
            throw new IllegalArgumentException(
                    "'grace_seconds' must be a number of seconds from 0 to " + GRACE_SECONDS_MAX);
        }
        return Duration.ofSeconds(node.intValue());
    }

    private static @Nullable Instant deadline(JsonNode body) {
        if (!body.hasNonNull("deadline")) {
            return null;
        }
        try {
            return Instant.parse(body.path("deadline").asText(""));
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException("'deadline' must be a time as 2026-12-01T06:00:00Z", wrong);
        }
    }
}
