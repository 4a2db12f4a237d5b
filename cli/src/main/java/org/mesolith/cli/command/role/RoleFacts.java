package org.mesolith.cli.command.role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.render.Texts;

/**
 * Roles as the masters know them: those that have a framework, a weight or a quota, and those for which something is
 * reserved.
 *
 * @param roles of GET_ROLES, by name
 * @param quotas of GET_QUOTA, by role
 * @param reserved resources by role
 */
record RoleFacts(
        TreeMap<String, JsonObject> roles, Map<String, JsonObject> quotas, Map<String, List<JsonObject>> reserved) {
    static RoleFacts of(Operator operator) {
        var roles = new TreeMap<String, JsonObject>();
        operator.rows("GET_ROLES", "get_roles", Map.of("roles", role -> roles.put(role.text("name"), role)));
        var quotas = new HashMap<String, JsonObject>();
        for (JsonObject config : operator.get("GET_QUOTA").objects("get_quota.status.configs")) {
            quotas.put(config.text("role"), config);
        }
        var reserved = new LinkedHashMap<String, List<JsonObject>>();
        operator.rows(
                "GET_AGENTS",
                "get_agents",
                Map.of(
                        "agents",
                        agent -> agent.objects("total_resources").forEach(resource -> {
                            List<JsonObject> stack = resource.objects("reservations");
                            if (!stack.isEmpty()) {
                                reserved.computeIfAbsent(stack.getLast().text("role"), _ -> new ArrayList<>())
                                        .add(resource);
                            }
                        })));
        for (String role : reserved.keySet()) {
            roles.computeIfAbsent(role, RoleFacts::unused);
        }
        for (String role : quotas.keySet()) {
            roles.computeIfAbsent(role, RoleFacts::unused);
        }
        return new RoleFacts(roles, quotas, reserved);
    }

    /** A role of which only a reservation or a quota tells. */
    private static JsonObject unused(String name) {
        return JsonObject.of("name", name, "weight", 1.0);
    }

    String weight(String role) {
        return Texts.decimal(of(role).number("weight", 1));
    }

    /** Ids of the frameworks that are subscribed with it. */
    List<String> frameworks(String role) {
        return of(role).objects("frameworks").stream()
                .map(framework -> framework.text("value"))
                .toList();
    }

    String allocated(String role) {
        return Texts.resources(of(role).objects("resources"));
    }

    String reservedFor(String role) {
        return Texts.resources(reserved.getOrDefault(role, List.of()));
    }

    /** {@code guarantees} or {@code limits}. */
    String quota(String role, String side) {
        return Texts.amounts(quotas.getOrDefault(role, JsonObject.EMPTY).object(side));
    }

    JsonObject json(String role) {
        return JsonObject.of(
                "name",
                role,
                "weight",
                of(role).number("weight", 1),
                "frameworks",
                frameworks(role),
                "guarantees",
                quotas.getOrDefault(role, JsonObject.EMPTY).object("guarantees"),
                "limits",
                quotas.getOrDefault(role, JsonObject.EMPTY).object("limits"),
                "allocated",
                of(role).objects("resources"),
                "reserved",
                reserved.getOrDefault(role, List.of()));
    }

    private JsonObject of(String role) {
        return roles.getOrDefault(role, JsonObject.EMPTY);
    }
}
