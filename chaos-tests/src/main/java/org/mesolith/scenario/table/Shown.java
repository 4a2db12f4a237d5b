package org.mesolith.scenario.table;

import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.mesolith.model.Attribute;
import org.mesolith.model.Milli;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Ranges;
import org.mesolith.model.Resources;
import org.mesolith.model.Value;
import org.mesolith.scenario.grammar.Kinds;
import org.mesolith.scenario.grammar.MismatchException;
import org.mesolith.scenario.yaml.YamlNode;

/**
 * What a case came to, and how it is compared with what the case expects.
 *
 * @param text as it is shown when it differs
 * @param fits whether what is written says the same
 */
record Shown(String text, Predicate<YamlNode> fits) {
    private static final String ERROR = "error";

    /** The operation was refused. */
    static final Shown REFUSED = word(ERROR);

    void compareWith(YamlNode expected) {
        boolean same = fits.test(expected)
                || (expected instanceof YamlNode.Items(var _, var any)
                        && any.stream().anyMatch(fits));
        if (!same) {
            throw new MismatchException(print(expected), text);
        }
    }

    static Shown word(String word) {
        return new Shown(word, node -> node instanceof YamlNode.Text(var _, var text, var _) && text.equals(word));
    }

    static Shown truth(boolean truth) {
        return word(Boolean.toString(truth));
    }

    static Shown valid(boolean valid) {
        return word(valid ? "ok" : ERROR);
    }

    static Shown number(long number) {
        return word(Long.toString(number));
    }

    static Shown resources(Resources got) {
        return new Shown(
                "\"" + got + "\"",
                node -> node instanceof YamlNode.Text(var _, var text, var _)
                        && !text.equals(ERROR)
                        && !text.equals("none")
                        && Kinds.RESOURCES.read(node).isSameAs(got));
    }

    static Shown ranges(Ranges got) {
        return new Shown(
                got.text(),
                node -> node instanceof YamlNode.Text(var _, var text, var _)
                        && org.mesolith.model.ValueText.parse(text).equals(got));
    }

    /** Written as a mapping or as text. */
    static Shown quantities(Quantities got) {
        return new Shown(got.toString(), node -> switch (node) {
            case YamlNode.Mapping(var _, var entries, var _) -> sameAmounts(entries, got);
            case YamlNode.Text(var _, var text, var _) ->
                !text.equals(ERROR) && Quantities.parse(text).equals(got);
            case YamlNode.Items _ -> false;
        });
    }

    private static boolean sameAmounts(SequencedMap<String, YamlNode> entries, Quantities got) {
        var sum = Quantities.NONE;
        for (var entry : entries.entrySet()) {
            sum = sum.plus(Quantities.of(entry.getKey(), Milli.ofDouble(Kinds.NUMBER.read(entry.getValue()))));
        }
        return sum.equals(got);
    }

    /** Written as a mapping or as text; zeros count. */
    static Shown limits(QuantityLimits got) {
        return new Shown(got.milliByName().toString(), node -> switch (node) {
            case YamlNode.Mapping(var _, var entries, var _) ->
                entries.size() == got.milliByName().size()
                        && entries.entrySet().stream().allMatch(entry -> {
                            var limit = got.milli(entry.getKey());
                            return limit != null && limit == Milli.ofDouble(Kinds.NUMBER.read(entry.getValue()));
                        });
            case YamlNode.Text(var _, var text, var _) ->
                !text.equals(ERROR) && QuantityLimits.parse(text).equals(got);
            case YamlNode.Items _ -> false;
        });
    }

    static Shown texts(List<String> got) {
        return whole(
                got.toString(),
                node -> node instanceof YamlNode.Items && Kinds.TEXTS.read(node).equals(got));
    }

    /** A value of an attribute or resource: {@code {scalar: 1}} and so on. */
    static Shown value(Value got) {
        return new Shown(got.typeName() + " " + got.text(), node -> isValue(node, got));
    }

    static Shown attributes(List<Attribute> got) {
        return whole(got.toString(), node -> {
            if (!(node instanceof YamlNode.Items(var _, var items)) || items.size() != got.size()) {
                return false;
            }
            for (int i = 0; i < items.size(); i++) {
                boolean named = items.get(i) instanceof YamlNode.Mapping(var _, var entries, var _)
                        && entries.get("name") instanceof YamlNode.Text(var _, var name, var _)
                        && name.equals(got.get(i).name());
                if (!named || !isValue(items.get(i), got.get(i).value())) {
                    return false;
                }
            }
            return true;
        });
    }

    private static Shown whole(String text, Predicate<YamlNode> fits) {
        return new Shown(text, fits);
    }

    private static boolean isValue(YamlNode node, Value got) {
        if (!(node instanceof YamlNode.Mapping(var _, var entries, var _))) {
            return false;
        }
        return switch (got) {
            case Value.Scalar(long milli) -> {
                var scalar = entries.get("scalar");
                yield scalar != null && Milli.ofDouble(Kinds.NUMBER.read(scalar)) == milli;
            }
            case Ranges ranges ->
                entries.get("ranges") instanceof YamlNode.Items(var _, var pairs)
                        && pairs(pairs).equals(pairs(ranges));
            case Value.Items(var items) -> {
                var set = entries.get("set");
                yield set != null
                        && new Value.Items(Kinds.TEXTS.read(set)).items().equals(items);
            }
            case Value.Text(var own) ->
                entries.get("text") instanceof YamlNode.Text(var _, var text, var _) && text.equals(own);
        };
    }

    private static List<List<String>> pairs(List<YamlNode> nodes) {
        return nodes.stream().map(Kinds.TEXTS::read).toList();
    }

    private static List<List<String>> pairs(Ranges ranges) {
        return java.util.stream.IntStream.range(0, ranges.count())
                .mapToObj(i -> List.of(Long.toString(ranges.begin(i)), Long.toString(ranges.end(i))))
                .toList();
    }

    private static String print(YamlNode node) {
        return switch (node) {
            case YamlNode.Text(var _, var text, boolean plain) -> plain ? text : "\"" + text + "\"";
            case YamlNode.Items(var _, var items) ->
                items.stream().map(Shown::print).toList().toString();
            case YamlNode.Mapping(var _, var entries, var _) -> {
                var shown = new java.util.LinkedHashMap<String, String>();
                entries.forEach((key, value) -> shown.put(key, print(value)));
                yield shown.toString();
            }
        };
    }
}
