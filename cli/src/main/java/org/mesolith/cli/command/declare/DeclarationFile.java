package org.mesolith.cli.command.declare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.model.MalformedTextException;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.scenario.yaml.Place;
import org.mesolith.scenario.yaml.UnreadableException;
import org.mesolith.scenario.yaml.YamlNode;
import org.mesolith.scenario.yaml.YamlReader;

/**
 * A declaration as it is written, YAML or JSON; what is wrong with it is told with file and line.
 *
 * @param roles every role that is named, and where
 * @param weights as the interface takes them, as the other lists
 * @param reservations with the agent as it is written
 * @param agents where each reservation names its agent
 */
record DeclarationFile(
        String name,
        List<Named> roles,
        List<JsonObject> weights,
        List<JsonObject> quotas,
        List<JsonObject> reservations,
        List<Named> agents,
        List<JsonObject> windows) {
    /** A file longer than this is no declaration, bytes. */
    static final int BYTES_MAX = 4 << 20;

    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** A name, and where it stands. */
    record Named(Place place, String name) {}

    /**
     * The file, or what comes in when it is called {@code -}.
     *
     * @throws Failure with the line of what is wrong
     */
    static DeclarationFile read(String file, InputStream in) {
        try {
            byte[] bytes = file.equals("-") ? in.readNBytes(BYTES_MAX + 1) : bytes(Path.of(file));
            if (bytes.length > BYTES_MAX) {
                throw new Failure(
                        ExitCode.USAGE,
                        file + " has more than " + BYTES_MAX + " bytes; split it into several declarations");
            }
            return read(file.equals("-") ? "stdin" : file, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new Failure(ExitCode.USAGE, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(BYTES_MAX + 1);
        }
    }

    /** @param name of the file in messages */
    static DeclarationFile read(String name, String text) {
        try {
            List<YamlNode> documents = YamlReader.read(name, text);
            if (documents.size() != 1) {
                throw new Failure(
                        ExitCode.USAGE,
                        name + " has " + documents.size() + " documents; a declaration is one, write at least `name:`");
            }
            return new Builder().read(documents.getFirst());
        } catch (UnreadableException wrong) {
            throw new Failure(ExitCode.USAGE, wrong.getMessage() + "; nothing was changed", wrong);
        }
    }

    /** Collects the parts. One use, one thread. */
    private static final class Builder {
        private final List<Named> roles = new ArrayList<>();
        private final List<JsonObject> weights = new ArrayList<>();
        private final List<JsonObject> quotas = new ArrayList<>();
        private final List<JsonObject> reservations = new ArrayList<>();
        private final List<Named> agents = new ArrayList<>();
        private final List<JsonObject> windows = new ArrayList<>();

        DeclarationFile read(YamlNode root) {
            var file = Reading.mapping(root, "a declaration", FileKeys.FILE);
            var named = Reading.needed(file, "a declaration", "name");
            String name = Reading.text(named, "the name");
            if (!FileKeys.NAME.matcher(name).matches()) {
                throw named.wrong(
                        "\"" + name + "\" is no name of a declaration; it has 1 to 64 letters, digits, '.', '_'"
                                + " and '-' and begins with a letter or a digit");
            }
            var byRole = file.entries().get("roles");
            if (byRole != null && !isNothing(byRole)) {
                var mapping = Reading.mapping(byRole, "roles");
                mapping.entries().forEach((role, node) -> role(mapping, role, node));
            }
            listed(file, "reservations").forEach(this::reservation);
            listed(file, "maintenance").forEach(this::window);
            return new DeclarationFile(name, roles, weights, quotas, reservations, agents, windows);
        }

        private static boolean isNothing(YamlNode node) {
            return node instanceof YamlNode.Text text && text.isNull();
        }

        private static List<YamlNode> listed(YamlNode.Mapping file, String key) {
            var node = file.entries().get(key);
            return node == null ? List.of() : Reading.items(node, key);
        }

        private void role(YamlNode.Mapping all, String role, YamlNode node) {
            String problem = Roles.problem(role);
            if (problem != null) {
                throw all.wrong(role, problem);
            }
            String what = "role \"" + role + "\"";
            if (isNothing(node)) {
                throw all.wrong(role, what + " says nothing; give it a weight, guarantees or limits, or leave it out");
            }
            var mapping = Reading.mapping(node, what, FileKeys.ROLE);
            if (mapping.entries().isEmpty()) {
                throw all.wrong(role, what + " says nothing; give it a weight, guarantees or limits, or leave it out");
            }
            roles.add(new Named(all.places().getOrDefault(role, node.place()), role));
            var weight = mapping.entries().get("weight");
            if (weight != null) {
                weights.add(JsonObject.of("role", role, "weight", Reading.weight(weight, what)));
            }
            if (mapping.entries().containsKey("guarantees") || mapping.entries().containsKey("limits")) {
                if (role.indexOf('/') >= 0) {
                    throw all.wrong(
                            role,
                            what + " is below another one; only top-level roles have guarantees and limits, write them"
                                    + " at \"" + role.substring(0, role.indexOf('/')) + "\"");
                }
                quotas.add(JsonObject.of(
                        "role",
                        role,
                        "guarantees",
                        amounts(mapping, "guarantees"),
                        "limits",
                        amounts(mapping, "limits")));
            }
        }

        private static JsonObject amounts(YamlNode.Mapping role, String key) {
            var found = new LinkedHashMap<String, @Nullable Object>();
            var node = role.entries().get(key);
            if (node != null) {
                Reading.mapping(node, key)
                        .entries()
                        .forEach((name, amount) -> found.put(name, Double.valueOf(Reading.scalar(amount, name))));
            }
            return new JsonObject(found);
        }

        // ---- reservations

        private void reservation(YamlNode node) {
            String what = "a reservation";
            var mapping = Reading.mapping(node, what, FileKeys.RESERVATION);
            var agent = Reading.needed(mapping, what, "agent");
            agents.add(new Named(agent.place(), Reading.text(agent, "the agent")));
            var stack = new ArrayList<JsonObject>();
            for (YamlNode level : listed(mapping, "refines")) {
                stack.add(level(Reading.mapping(level, "a level of refines", FileKeys.LEVEL), "a level of refines"));
            }
            var last = level(mapping, what);
            roles.add(new Named(mapping.places().getOrDefault("role", node.place()), last.text("role")));
            stack.add(last);
            reservations.add(JsonObject.of(
                    "agent",
                    Reading.text(agent, "the agent"),
                    "stack",
                    stack,
                    "amounts",
                    resources(Reading.needed(mapping, what, "resources"))));
        }

        private static JsonObject level(YamlNode.Mapping mapping, String what) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            var role = Reading.needed(mapping, what, "role");
            String name = Reading.text(role, "the role");
            String problem = Roles.problem(name);
            if (problem != null) {
                throw role.wrong(problem);
            }
            fields.put("role", name);
            var principal = mapping.entries().get("principal");
            if (principal != null) {
                // Written and empty: of nobody.
                fields.put("principal", isNothing(principal) ? null : Reading.text(principal, "the principal"));
            }
            var labels = mapping.entries().get("labels");
            if (labels != null) {
                var listed = new ArrayList<JsonObject>();
                Reading.mapping(labels, "labels")
                        .entries()
                        .forEach((key, value) -> listed.add(JsonObject.of(
                                "key", key, "value", isNothing(value) ? null : Reading.text(value, "a label"))));
                fields.put("labels", listed);
            }
            var fixed = mapping.entries().get("static");
            if (fixed != null) {
                fields.put("static", Reading.truth(fixed, "static"));
            }
            return new JsonObject(fields);
        }

        private static String resources(YamlNode node) {
            var mapping = Reading.mapping(node, "resources");
            var sum = Resources.EMPTY;
            for (var entry : mapping.entries().entrySet()) {
                String head = entry.getKey();
                String name = head.split("[\\[<{(]", 2)[0];
                try {
                    var one = Resources.parse(head + ":" + Reading.amount(entry.getValue(), name));
                    if (one.isEmpty() || !one.reserved().isEmpty()) {
                        throw mapping.wrong(
                                head,
                                one.isEmpty()
                                        ? "of " + head + " nothing is reserved; leave it out"
                                        : "the role of a reservation stands at `role`, not in \"" + head + "\"");
                    }
                    sum = sum.plus(one);
                } catch (MalformedTextException wrong) {
                    throw new UnreadableException(
                            entry.getValue().place(), head + " cannot be read: " + wrong.getMessage(), wrong);
                }
            }
            if (sum.isEmpty()) {
                throw mapping.wrong("a reservation names no resources; write for example cpus: 2");
            }
            return sum.toString();
        }

        // ---- maintenance

        private void window(YamlNode node) {
            String what = "a maintenance window";
            var mapping = Reading.mapping(node, what, FileKeys.WINDOW);
            var machines = new ArrayList<JsonObject>();
            for (YamlNode machine : Reading.items(Reading.needed(mapping, what, "machines"), "machines")) {
                machines.add(machine(machine));
            }
            if (machines.isEmpty()) {
                throw mapping.wrong("machines", what + " names no machines");
            }
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("machines", machines);
            fields.put("start", start(Reading.needed(mapping, what, "start")).toString());
            var duration = mapping.entries().get("duration");
            if (duration != null && !isNothing(duration)) {
                fields.put("duration", span(duration));
            }
            windows.add(new JsonObject(fields));
        }

        private static JsonObject machine(YamlNode node) {
            if (node instanceof YamlNode.Text) {
                String name = Reading.text(node, "a machine");
                boolean ip = IP.matcher(name).matches();
                return JsonObject.of("hostname", ip ? "" : name, "ip", ip ? name : "");
            }
            var mapping = Reading.mapping(node, "a machine", FileKeys.MACHINE);
            var hostname = mapping.entries().get("hostname");
            var ip = mapping.entries().get("ip");
            if (hostname == null && ip == null) {
                throw node.wrong("a machine needs the key \"hostname\" or \"ip\"");
            }
            return JsonObject.of(
                    "hostname",
                    hostname == null ? "" : Reading.text(hostname, "the hostname"),
                    "ip",
                    ip == null ? "" : Reading.text(ip, "the ip"));
        }

        /** Only a moment that is the same wherever and whenever the file is read. */
        private static Instant start(YamlNode node) {
            String text = Reading.text(node, "the start");
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException wrong) {
                throw new UnreadableException(
                        node.place(),
                        "the start \"" + text + "\" is no moment; write it with its offset, as 2027-03-01T02:00:00Z or"
                                + " 2027-03-01T03:00:00+01:00",
                        wrong);
            }
        }

        private static String span(YamlNode node) {
            try {
                return SpanText.read("the duration", Reading.text(node, "the duration"))
                        .toString();
            } catch (Failure wrong) {
                throw new UnreadableException(node.place(), wrong.sentence(), wrong);
            }
        }
    }
}
