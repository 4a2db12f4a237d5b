package org.mesolith.cli.command.declare;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.console.Failure;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceText;
import org.mesolith.model.Resources;

/**
 * What there is, as a declaration.
 *
 * @param file as {@link DeclarationFile} reads it
 * @param leftOut what cannot be written so that it is read back equal
 */
record ExportText(JsonObject file, List<String> leftOut) {
    /** Texts that YAML takes for themselves. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*|[0-9]+(\\.[0-9]+)?[A-Z]*");

    private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    /** @param objects the answer of {@code /declarations/objects} */
    static ExportText of(String name, JsonObject objects) {
        var leftOut = new ArrayList<>(objects.texts("left_out"));
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("name", name);
        var roles = roles(objects);
        if (!roles.fields().isEmpty()) {
            fields.put("roles", roles);
        }
        var hosts = hosts(objects);
        var reservations = new ArrayList<JsonObject>();
        for (JsonObject reservation : objects.objects("reservations")) {
            JsonObject written = reservation(reservation, hosts);
            if (written == null) {
                leftOut.add("the reservation of " + reservation.text("amounts") + " on " + reservation.text("agent"));
            } else {
                reservations.add(written);
            }
        }
        if (!reservations.isEmpty()) {
            fields.put("reservations", reservations);
        }
        var windows = new ArrayList<JsonObject>();
        for (JsonObject window : objects.objects("windows")) {
            JsonObject written = window(window);
            if (written == null) {
                leftOut.add("the maintenance window from " + window.text("start") + " for " + window.text("duration"));
            } else {
                windows.add(written);
            }
        }
        if (!windows.isEmpty()) {
            fields.put("maintenance", windows);
        }
        return new ExportText(new JsonObject(fields), leftOut);
    }

    private static JsonObject roles(JsonObject objects) {
        var roles = new TreeMap<String, LinkedHashMap<String, @Nullable Object>>();
        for (JsonObject weight : objects.objects("weights")) {
            roles.computeIfAbsent(weight.text("role"), role -> new LinkedHashMap<>())
                    .put("weight", number(weight.text("weight")));
        }
        for (JsonObject quota : objects.objects("quotas")) {
            var role = roles.computeIfAbsent(quota.text("role"), name -> new LinkedHashMap<>());
            for (String key : List.of("guarantees", "limits")) {
                if (!quota.object(key).fields().isEmpty()) {
                    role.put(key, amounts(quota.object(key)));
                }
            }
        }
        var fields = new LinkedHashMap<String, @Nullable Object>();
        roles.forEach((name, role) -> fields.put(name, new JsonObject(role)));
        return new JsonObject(fields);
    }

    private static JsonObject amounts(JsonObject amounts) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        amounts.fields().forEach((name, amount) -> {
            String text = number(String.valueOf(amount));
            fields.put(name, FileKeys.SIZES.contains(name) ? Sizes.spoken(text) : text);
        });
        return new JsonObject(fields);
    }

    private static String number(String text) {
        var number = new BigDecimal(text).stripTrailingZeros();
        return number.toPlainString();
    }

    /** A host name where it is enough, else the id. */
    private static Map<String, String> hosts(JsonObject objects) {
        var count = new TreeMap<String, Integer>();
        objects.objects("agents").forEach(agent -> count.merge(agent.text("host"), 1, Integer::sum));
        var hosts = new TreeMap<String, String>();
        for (JsonObject agent : objects.objects("agents")) {
            boolean alone = count.getOrDefault(agent.text("host"), 0) == 1;
            hosts.put(agent.text("id"), alone ? agent.text("host") : agent.text("id"));
        }
        return hosts;
    }

    // ---- reservations

    private static @Nullable JsonObject reservation(JsonObject reservation, Map<String, String> hosts) {
        var resources = new LinkedHashMap<String, @Nullable Object>();
        for (Resource resource : Resources.parse(reservation.text("amounts"))) {
            String text = ResourceText.print(resource);
            int colon = text.lastIndexOf(':');
            String head = text.substring(0, colon);
            String amount = text.substring(colon + 1);
            boolean size = FileKeys.SIZES.contains(resource.name());
            if (resources.put(head, size ? Sizes.spoken(amount) : amount) != null) {
                return null;
            }
        }
        List<JsonObject> stack = reservation.objects("stack");
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("agent", hosts.getOrDefault(reservation.text("agent"), reservation.text("agent")));
        var levels = new ArrayList<JsonObject>();
        for (JsonObject level : stack) {
            var written = level(level);
            if (written == null) {
                return null;
            }
            levels.add(written);
        }
        fields.putAll(levels.removeLast().fields());
        fields.put("resources", new JsonObject(resources));
        if (!levels.isEmpty()) {
            fields.put("refines", levels);
        }
        return new JsonObject(fields);
    }

    /** Null when a label is there twice. */
    private static @Nullable JsonObject level(JsonObject level) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("role", level.text("role"));
        fields.put("principal", level.has("principal") ? level.text("principal") : null);
        var labels = new LinkedHashMap<String, @Nullable Object>();
        for (JsonObject label : level.objects("labels")) {
            if (labels.containsKey(label.text("key"))) {
                return null;
            }
            labels.put(label.text("key"), label.has("value") ? label.text("value") : null);
        }
        if (!labels.isEmpty()) {
            fields.put("labels", new JsonObject(labels));
        }
        if (level.isTrue("static")) {
            fields.put("static", "true");
        }
        return new JsonObject(fields);
    }

    /** Null when the duration is none that people write. */
    private static @Nullable JsonObject window(JsonObject window) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put(
                "machines",
                window.objects("machines").stream().map(ExportText::machine).toList());
        fields.put("start", window.text("start"));
        if (window.has("duration")) {
            var duration = Duration.parse(window.text("duration"));
            String spoken = SpanText.spoken(duration);
            try {
                if (!SpanText.read("the duration", spoken).equals(duration)) {
                    return null;
                }
            } catch (Failure odd) {
                return null;
            }
            fields.put("duration", spoken);
        }
        return new JsonObject(fields);
    }

    private static Object machine(JsonObject machine) {
        String hostname = machine.text("hostname");
        String ip = machine.text("ip");
        if (!hostname.isEmpty() && !ip.isEmpty()) {
            return machine;
        }
        return hostname.isEmpty() ? ip : hostname;
    }

    // ---- YAML

    static String yaml(JsonObject file) {
        var text = new StringBuilder();
        fields(text, file, "");
        return text.toString();
    }

    private static void fields(StringBuilder text, JsonObject object, String indent) {
        for (var field : object.fields().entrySet()) {
            text.append(indent).append(scalar(field.getKey())).append(':');
            Object value = field.getValue();
            if (value instanceof JsonObject inner) {
                text.append('\n');
                fields(text, inner, indent + "  ");
            } else if (value instanceof List<?> list) {
                text.append('\n');
                items(text, list, indent + "  ");
            } else {
                text.append(value == null ? "" : " " + scalar(value.toString())).append('\n');
            }
        }
    }

    private static void items(StringBuilder text, List<?> list, String indent) {
        for (Object item : list) {
            if (item instanceof JsonObject inner) {
                var lines = new StringBuilder();
                fields(lines, inner, indent + "  ");
                text.append(indent).append("- ").append(lines.substring(indent.length() + 2));
            } else {
                text.append(indent)
                        .append("- ")
                        .append(scalar(String.valueOf(item)))
                        .append('\n');
            }
        }
    }

    /** In quotes unless it cannot be taken for anything else. */
    private static String scalar(String text) {
        boolean word = WORD.matcher(text).matches() && !text.equals("true");
        if (PLAIN.matcher(text).matches() && !word) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append(letter);
                default -> {
                    if (letter < ' ' || letter == 0x7f) {
                        quoted.append(String.format("\\u%04x", (int) letter));
                    } else {
                        quoted.append(letter);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
