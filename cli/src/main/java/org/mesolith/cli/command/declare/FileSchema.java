package org.mesolith.cli.command.declare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;

/** The JSON schema of a declaration (draft 2020-12), made of the same keys and patterns as {@link DeclarationFile}. */
final class FileSchema {
    private FileSchema() {}

    static JsonObject json() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        fields.put("title", "Declaration of a Mesolith cluster");
        fields.put("description", "What `meso apply` makes of weights, quotas, reservations and maintenance windows.");
        fields.putAll(object(
                        FileKeys.FILE,
                        List.of("name"),
                        Map.of(
                                "name",
                                pattern(
                                        FileKeys.NAME.pattern(),
                                        "Whose objects these are: what the declaration of this name leaves out the"
                                                + " next time is deleted."),
                                "roles",
                                nullable(byName("object", ref("role"), "By role, as ads or ads/serving.")),
                                "reservations",
                                nullable(list(ref("reservation"), "What agents set aside for roles.")),
                                "maintenance",
                                nullable(list(ref("window"), "When machines are taken down."))))
                .fields());
        fields.put(
                "$defs",
                JsonObject.of(
                        "role", role(),
                        "amount", pattern(anchored(FileKeys.AMOUNT.pattern()), "", "number"),
                        "size", pattern(anchored(FileKeys.SIZE.pattern()), "Memory and disk have a unit."),
                        "scalars", scalars(),
                        "reservation", reservation(),
                        "labels", byName("object", type("string", "number", "boolean", "null"), "Part of identity."),
                        "level", level(),
                        "window", window(),
                        "machine", machine()));
        return new JsonObject(fields);
    }

    private static String anchored(String pattern) {
        return "^(" + pattern + ")$";
    }

    private static JsonObject role() {
        return object(
                FileKeys.ROLE,
                List.of(),
                Map.of(
                        "weight",
                        JsonObject.of(
                                "type", "number", "exclusiveMinimum", 0, "description", "How much the role counts."),
                        "guarantees",
                        ref("scalars"),
                        "limits",
                        ref("scalars")));
    }

    private static JsonObject scalars() {
        var sizes = new LinkedHashMap<String, @Nullable Object>();
        FileKeys.SIZES.forEach(name -> sizes.put(name, ref("size")));
        return JsonObject.of(
                "type", "object", "properties", new JsonObject(sizes), "additionalProperties", ref("amount"));
    }

    private static JsonObject reservation() {
        return object(
                FileKeys.RESERVATION,
                List.of("agent", "role", "resources"),
                Map.of(
                        "agent", described("Its id, or its host name where only one agent has it."),
                        "role", described("For whom, with the roles below it."),
                        "resources",
                                byName(
                                        "object",
                                        type("string", "number", "array"),
                                        "By name: cpus: 2, mem: 4GB, ports: [31000-31009], disk[MOUNT:/mnt/a]: 1TB."),
                        "principal", type("string", "null"),
                        "labels", ref("labels"),
                        "refines", list(ref("level"), "The levels below, oldest first.")));
    }

    private static JsonObject level() {
        return object(
                FileKeys.LEVEL,
                List.of("role"),
                Map.of(
                        "role", type("string"),
                        "principal", type("string", "null"),
                        "labels", ref("labels"),
                        "static", type("boolean")));
    }

    private static JsonObject window() {
        return object(
                FileKeys.WINDOW,
                List.of("machines", "start"),
                Map.of(
                        "machines", list(ref("machine"), "Taken down together."),
                        "start", described("With its offset: 2027-03-01T02:00:00Z."),
                        "duration", described("As 2h, 1h30m; left out: without an end.")));
    }

    private static JsonObject machine() {
        return JsonObject.of(
                "anyOf",
                List.of(
                        described("A host name or an IPv4 address."),
                        object(FileKeys.MACHINE, List.of(), Map.of("hostname", type("string"), "ip", type("string")))));
    }

    // ---- words of the schema

    /** Every key must be described, and nothing else may be. */
    private static JsonObject object(List<String> keys, List<String> needed, Map<String, JsonObject> byKey) {
        var properties = new LinkedHashMap<String, @Nullable Object>();
        for (String key : keys) {
            var property = byKey.get(key);
            if (property == null) {
                throw new IllegalStateException("the schema does not describe the key " + key);
            }
            properties.put(key, property);
        }
        return JsonObject.of(
                "type",
                "object",
                "required",
                needed,
                "properties",
                new JsonObject(properties),
                "additionalProperties",
                false);
    }

    private static JsonObject byName(String type, JsonObject each, String description) {
        return JsonObject.of("type", type, "description", description, "additionalProperties", each);
    }

    private static JsonObject list(JsonObject each, String description) {
        return JsonObject.of("type", "array", "description", description, "items", each);
    }

    private static JsonObject nullable(JsonObject schema) {
        return JsonObject.of("anyOf", List.of(schema, type("null")));
    }

    private static JsonObject ref(String name) {
        return JsonObject.of("$ref", "#/$defs/" + name);
    }

    private static JsonObject described(String description) {
        return JsonObject.of("type", "string", "description", description);
    }

    private static JsonObject pattern(String pattern, String description, String... alsoTypes) {
        String anchored = pattern.startsWith("^") ? pattern : anchored(pattern);
        var types = new java.util.ArrayList<String>(List.of("string"));
        types.addAll(List.of(alsoTypes));
        return JsonObject.of("type", types, "pattern", anchored, "description", description);
    }

    private static JsonObject type(String... types) {
        return JsonObject.of("type", types.length == 1 ? types[0] : List.of(types));
    }
}
