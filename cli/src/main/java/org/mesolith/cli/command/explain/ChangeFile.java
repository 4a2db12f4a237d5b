package org.mesolith.cli.command.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.console.ExitCode;
import org.mesolith.cli.console.Failure;
import org.mesolith.scenario.yaml.Nearest;
import org.mesolith.scenario.yaml.Place;
import org.mesolith.scenario.yaml.UnreadableException;
import org.mesolith.scenario.yaml.YamlNode;
import org.mesolith.scenario.yaml.YamlReader;

/** Reads a file of changes; what is wrong with it is told with file, line and the nearest valid key. */
final class ChangeFile {
    /** A file longer than this is no file of changes, bytes. */
    private static final long BYTES_MAX = 1 << 20;

    /** Keys of each kind of change; those that must be there first, then those that may. */
    private static final Map<String, List<String>> KINDS = kinds();

    private ChangeFile() {}

    private static Map<String, List<String>> kinds() {
        var kinds = new LinkedHashMap<String, List<String>>();
        kinds.put("set_quota", List.of("role", "guarantees", "limits"));
        kinds.put("set_weight", List.of("role", "weight"));
        kinds.put("remove_agent", List.of("agent"));
        kinds.put("drain", List.of("agent"));
        kinds.put("add_agents", List.of("count", "like"));
        kinds.put("add_framework", List.of("name", "role"));
        return kinds;
    }

    /** The changes in the order of the file, as the leader takes them. */
    static List<JsonObject> read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new Failure(ExitCode.USAGE, file + " has more than " + BYTES_MAX + " bytes");
            }
            return read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new Failure(ExitCode.USAGE, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** @param name of the file in messages */
    static List<JsonObject> read(String name, String text) {
        try {
            var changes = new ArrayList<JsonObject>();
            for (YamlNode document : YamlReader.read(name, text)) {
                for (var entry : mapping(document).entries().entrySet()) {
                    if (!KINDS.containsKey(entry.getKey())) {
                        throw new UnreadableException(
                                new Place(name, lineOf(entry.getKey(), text)),
                                "there is no change \"" + entry.getKey() + "\""
                                        + Nearest.hint(entry.getKey(), KINDS.keySet()));
                    }
                    changes(entry.getKey(), entry.getValue(), changes);
                }
            }
            if (changes.isEmpty()) {
                throw new Failure(ExitCode.USAGE, name + " has no change in it");
            }
            return changes;
        } catch (UnreadableException wrong) {
            throw new Failure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** A value may begin on a later line than its key. */
    private static int lineOf(String key, String text) {
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith(key)) {
                return at + 1;
            }
        }
        return 1;
    }

    private static void changes(String kind, YamlNode value, List<JsonObject> changes) {
        List<String> keys = KINDS.getOrDefault(kind, List.of());
        List<YamlNode> items = value instanceof YamlNode.Items(var place, var list) ? list : List.of(value);
        for (YamlNode item : items) {
            boolean name = keys.size() == 1 && item instanceof YamlNode.Text;
            JsonObject change = name ? JsonObject.of(keys.getFirst(), text(item)) : change(kind, keys, mapping(item));
            changes.add(JsonObject.of(kind, change));
        }
    }

    private static JsonObject change(String kind, List<String> keys, YamlNode.Mapping mapping) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            YamlNode value = entry.getValue();
            if (!keys.contains(key)) {
                throw value.wrong(kind + " has no key \"" + key + "\"" + Nearest.hint(key, keys));
            }
            fields.put(
                    key,
                    switch (key) {
                        case "weight" -> number(value);
                        case "count" -> (Object) whole(value);
                        default -> text(value);
                    });
        }
        for (String key : keys) {
            boolean optional = kind.equals("set_quota") && !key.equals("role");
            if (!optional && !fields.containsKey(key)) {
                throw mapping.wrong(kind + " needs the key \"" + key + "\"");
            }
        }
        return new JsonObject(fields);
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw node.wrong("expected keys and values, found " + node.what());
    }

    private static String text(YamlNode node) {
        if (node instanceof YamlNode.Text text && !text.isNull()) {
            return text.text();
        }
        throw node.wrong("expected a text, found " + node.what());
    }

    private static double number(YamlNode node) {
        try {
            double number = Double.parseDouble(text(node));
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new UnreadableException(node.place(), "expected a number above 0, found " + node.what(), notANumber);
        }
        throw node.wrong("expected a number above 0, found " + node.what());
    }

    private static int whole(YamlNode node) {
        try {
            int number = Integer.parseInt(text(node));
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new UnreadableException(node.place(), "expected a number from 1, found " + node.what(), notANumber);
        }
        throw node.wrong("expected a number from 1, found " + node.what());
    }
}
