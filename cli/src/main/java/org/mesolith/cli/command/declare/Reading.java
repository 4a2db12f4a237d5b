package org.mesolith.cli.command.declare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mesolith.cli.console.Similar;
import org.mesolith.scenario.yaml.YamlNode;

/** Reads the parts of a declaration; whatever is wrong is told with its line and what to write instead. */
final class Reading {
    private Reading() {}

    /** A mapping with no other keys than these. */
    static YamlNode.Mapping mapping(YamlNode node, String what, List<String> keys) {
        var mapping = mapping(node, what);
        for (String key : mapping.entries().keySet()) {
            if (!keys.contains(key)) {
                throw mapping.wrong(
                        key,
                        what + " has no key `" + key + "`" + Similar.hint(key, keys) + "; it has "
                                + String.join(", ", keys));
            }
        }
        return mapping;
    }

    static YamlNode.Mapping mapping(YamlNode node, String what) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw node.wrong(what + " must be keys and values, and is " + node.what());
    }

    /** The value of a key that must be there. */
    static YamlNode needed(YamlNode.Mapping mapping, String what, String key) {
        var value = mapping.entries().get(key);
        if (value == null) {
            throw mapping.wrong(what + " needs the key \"" + key + "\"");
        }
        return value;
    }

    static String text(YamlNode node, String what) {
        if (node instanceof YamlNode.Text text && !text.isNull()) {
            return text.text();
        }
        throw node.wrong(what + " must be a text, and is " + node.what());
    }

    /** The elements of a list; none where nothing is written. */
    static List<YamlNode> items(YamlNode node, String what) {
        if (node instanceof YamlNode.Items items) {
            return items.items();
        }
        if (node instanceof YamlNode.Text text && text.isNull()) {
            return List.of();
        }
        throw node.wrong(what + " must be a list, and is " + node.what());
    }

    static boolean truth(YamlNode node, String what) {
        String text = text(node, what);
        if (!text.equals("true") && !text.equals("false")) {
            throw node.wrong(what + " must be true or false, and is " + node.what());
        }
        return text.equals("true");
    }

    static double weight(YamlNode node, String role) {
        String text = text(node, "the weight of " + role);
        double weight = FileKeys.AMOUNT.matcher(text).matches() ? Double.parseDouble(text) : 0;
        if (weight <= 0) {
            throw node.wrong("the weight of " + role + " must be a number above 0, and is " + node.what());
        }
        return weight;
    }

    // ---- amounts

    private static final Pattern RANGE = Pattern.compile("[0-9]{1,19}(-[0-9]{1,19})?");

    /**
     * An amount of a resource as the interface writes it: sizes in megabytes, ranges and sets in their brackets.
     *
     * @param name of the resource, without what is said of its disk
     */
    static String amount(YamlNode node, String name) {
        if (node instanceof YamlNode.Items items) {
            return listed(items, name);
        }
        String text = text(node, "the amount of " + name);
        if (text.startsWith("[") || text.startsWith("{")) {
            return text;
        }
        return scalar(node, name);
    }

    /** A single number: what quotas have. */
    static String scalar(YamlNode node, String name) {
        String text = text(node, "the amount of " + name);
        boolean size = FileKeys.SIZES.contains(name);
        if (!size) {
            if (!FileKeys.AMOUNT.matcher(text).matches()) {
                throw node.wrong("the amount of " + name + " must be a number of 0 or more with at most three decimals,"
                        + " and is " + node.what());
            }
            return text;
        }
        if (FileKeys.AMOUNT.matcher(text).matches()) {
            throw node.wrong("the amount of " + name + " is " + text + " and has no unit; write " + text + "MB, " + text
                    + "GB or " + text + "TB");
        }
        if (!FileKeys.SIZE.matcher(text).matches()) {
            throw node.wrong(
                    "the amount of " + name + " must be a size as 512MB, 20GB or 1.5TB, and is " + node.what());
        }
        return Sizes.megabytes(text);
    }

    private static String listed(YamlNode.Items items, String name) {
        var texts = new ArrayList<String>();
        for (YamlNode item : items.items()) {
            texts.add(text(item, "a part of " + name));
        }
        if (texts.isEmpty()) {
            throw items.wrong("the amount of " + name + " is an empty list; leave " + name + " out");
        }
        boolean ranges = texts.stream().allMatch(text -> RANGE.matcher(text).matches());
        return ranges
                ? "["
                        + String.join(
                                ",",
                                texts.stream()
                                        .map(text -> text.contains("-") ? text : text + "-" + text)
                                        .toList())
                        + "]"
                : "{" + String.join(",", texts) + "}";
    }
}
