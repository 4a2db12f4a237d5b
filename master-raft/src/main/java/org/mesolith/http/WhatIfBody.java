package org.mesolith.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mesolith.leader.explain.Subjects;
import org.mesolith.leader.explain.Subjects.Found;
import org.mesolith.leader.explain.Wish;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Roles;
import org.mesolith.state.Registry;
import org.mesolith.wire.HttpRequest;

/** Reads {@code {"changes": [{"set_weight": {"role": "ads", "weight": 2}}, …]}}; the first thing wrong ends it. */
final class WhatIfBody {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Changes in one question. */
    private static final int CHANGES_MAX = 1_000;

    /** Agents that one question adds. */
    private static final int AGENTS_ADDED_MAX = 50_000;

    private final Registry registry;
    private int added;

    WhatIfBody(Registry registry) {
        this.registry = registry;
    }

    /** @throws IllegalArgumentException with a sentence for the caller */
    List<Wish> read(HttpRequest request) {
        JsonNode body;
        try {
            body = MAPPER.readTree(request.body().bytes());
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("The body is not JSON: " + notJson.getOriginalMessage(), notJson);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("The body cannot be read: " + unreadable.getMessage(), unreadable);
        }
        only(body, "the body", List.of("changes"));
        var changes = body.path("changes");
        if (!changes.isArray() || changes.isEmpty() || changes.size() > CHANGES_MAX) {
            throw new IllegalArgumentException("'changes' must be a list of 1 to " + CHANGES_MAX + " changes");
        }
        var wishes = new ArrayList<Wish>();
        for (int i = 0; i < changes.size(); i++) {
            wishes.add(wish(changes.get(i), "changes[" + i + "]"));
        }
        return wishes;
    }

    private Wish wish(JsonNode change, String where) {
        if (!change.isObject() || change.size() != 1) {
            throw new IllegalArgumentException(where + " must be an object with one key, the kind of change");
        }
        var kind = change.fieldNames().next();
        var inner = change.path(kind);
        var place = where + "." + kind;
        return switch (kind) {
            case "set_quota" -> quota(inner, place);
            case "set_weight" -> weight(inner, place);
            case "remove_agent" -> {
                only(inner, place, List.of("agent"));
                yield new Wish.RemoveAgent(agent(inner, "agent", place));
            }
            case "drain" -> {
                only(inner, place, List.of("agent"));
                yield new Wish.Drain(agent(inner, "agent", place));
            }
            case "add_agents" -> agents(inner, place);
            case "add_framework" -> {
                only(inner, place, List.of("name", "role"));
                yield new Wish.AddFramework(text(inner, "name", place), role(inner, place));
            }
            default ->
                throw new IllegalArgumentException(where + ": there is no change '" + kind
                        + "'; there are set_quota, set_weight, remove_agent, drain, add_agents, add_framework");
        };
    }

    private static Wish quota(JsonNode node, String place) {
        only(node, place, List.of("role", "guarantees", "limits"));
        var role = role(node, place);
        if (role.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    place + ": '" + role + "' cannot have a quota: only top-level roles can");
        }
        var guarantees = node.has("guarantees") ? text(node, "guarantees", place) : "";
        var limits = node.has("limits") ? text(node, "limits", place) : "";
        Quota quota;
        try {
            quota = new Quota(
                    role,
                    guarantees.isEmpty() ? Quantities.NONE : Quantities.parse(guarantees),
                    limits.isEmpty() ? QuantityLimits.NONE : QuantityLimits.parse(limits));
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException(place + ": " + malformed.getMessage(), malformed);
        }
        if (!quota.limits().contains(quota.guarantees())) {
            throw new IllegalArgumentException(
                    place + ": the guarantees " + quota.guarantees() + " are above the limits " + limits);
        }
        return new Wish.SetQuota(quota);
    }

    private static Wish weight(JsonNode node, String place) {
        only(node, place, List.of("role", "weight"));
        double weight = node.path("weight").asDouble(0);
        if (!node.path("weight").isNumber() || !(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(place + ".weight must be a number above 0");
        }
        return new Wish.SetWeight(role(node, place), weight);
    }

    private Wish agents(JsonNode node, String place) {
        only(node, place, List.of("count", "like"));
        int count = node.path("count").isInt() ? node.path("count").intValue() : 0;
        added += Math.max(0, Math.min(count, AGENTS_ADDED_MAX + 1));
        if (count < 1 || added > AGENTS_ADDED_MAX) {
            throw new IllegalArgumentException(
                    place + ".count must be a number from 1; at most " + AGENTS_ADDED_MAX + " agents are added in all");
        }
        return new Wish.AddAgents(count, agent(node, "like", place));
    }

    private AgentId agent(JsonNode node, String field, String place) {
        return switch (Subjects.agent(registry, text(node, field, place))) {
            case Found.One<AgentId>(var id) -> id;
            case Found.None<AgentId>(var text) -> throw new IllegalArgumentException(place + ": " + text);
            case Found.Several<AgentId>(var text) -> throw new IllegalArgumentException(place + ": " + text);
        };
    }

    private static String role(JsonNode node, String place) {
        var role = text(node, "role", place);
        var problem = Roles.problem(role);
        if (problem != null) {
            throw new IllegalArgumentException(place + ".role: " + problem);
        }
        return role;
    }

    private static String text(JsonNode node, String field, String place) {
        var value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(place + "." + field + " must be a text");
        }
        return value.textValue();
    }

    private static void only(JsonNode node, String place, List<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(place + " must be an object with " + String.join(", ", known));
        }
        for (var names = node.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        place + " has no key '" + name + "'; it has " + String.join(", ", known));
            }
        }
    }
}
