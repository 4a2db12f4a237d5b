package org.mesolith.scenario.grammar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.Attribute;
import org.mesolith.model.AttributeText;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Resources;
import org.mesolith.scenario.yaml.Nearest;
import org.mesolith.scenario.yaml.YamlNode;

/** The kinds of values that many steps share. */
public final class Kinds {
    private static final Pattern DURATION_TEXT = Pattern.compile("(-?)(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d|w)");

    /** Any text, also a number as it is written. */
    public static final Kind<String> TEXT = scalar("a text", text -> text);

    /** A word for now. */
    public static final Kind<String> NOW = word("now", "now");

    /** A word for everybody. */
    public static final Kind<String> ALL = word("all", "all");

    /** The extended text form. */
    public static final Kind<Resources> RESOURCES = scalar("resources", Resources::parse);

    /** Amounts by name. */
    public static final Kind<Quantities> QUANTITIES = scalar("quantities", Quantities::parse);

    /** Upper limits by name. */
    public static final Kind<QuantityLimits> LIMITS = scalar("limits", QuantityLimits::parse);

    /** Alternatives separated by bars; none for the empty text. */
    public static final Kind<List<Quantities>> MINIMUMS = scalar("minimum sets", Kinds::minimums);

    /** Attributes of an agent. */
    public static final Kind<List<Attribute>> ATTRIBUTES = scalar("attributes", AttributeText::parse);

    /** A time that is not negative. */
    public static final Kind<Duration> DURATION = scalar("a duration such as 1500ms, 5s, 1h", text -> {
        var read = duration(text);
        if (read.isNegative()) {
            throw new IllegalArgumentException("\"" + text + "\" is negative");
        }
        return read;
    });

    /** A time, also before now. */
    public static final Kind<Duration> ANY_DURATION = scalar("a duration such as 1500ms, 5s, -10s", Kinds::duration);

    /** Yes or no. */
    public static final Kind<Boolean> TRUTH = scalar("true or false", text -> {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("this is \"" + text + "\"");
        }
        return text.equals("true");
    });

    /** A whole number, not negative. */
    public static final Kind<Integer> COUNT = scalar("a whole number of 0 or more", text -> {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("this is \"" + text + "\"");
        }
        return Integer.valueOf(text);
    });

    /** A finite number. */
    public static final Kind<Double> NUMBER = scalar("a number", Kinds::number);

    /** A finite number above zero. */
    public static final Kind<Double> POSITIVE = scalar("a number above 0", text -> {
        double number = number(text);
        if (number <= 0) {
            throw new IllegalArgumentException("this is " + text);
        }
        return number;
    });

    /** How a step ends. */
    public static final Kind<Outcome> OUTCOME = oneOf("an outcome", List.of(Outcome.values()), Outcome::word);

    /** Texts. */
    public static final Kind<List<String>> TEXTS = list(TEXT);

    /** What frameworks can. */
    public static final Kind<List<FrameworkCapability>> FRAMEWORK_CAPABILITIES =
            list(oneOf("a capability of frameworks", List.of(FrameworkCapability.values()), FrameworkCapability::name));

    /** What agents can. */
    public static final Kind<List<AgentCapability>> AGENT_CAPABILITIES =
            list(oneOf("a capability of agents", List.of(AgentCapability.values()), AgentCapability::name));

    /** Resources by two names. */
    public static final Kind<SortedMap<String, SortedMap<String, Resources>>> USE = map(map(RESOURCES));

    /** Resources by three names. */
    public static final Kind<SortedMap<String, SortedMap<String, SortedMap<String, Resources>>>> OFFERS = map(USE);

    /** Resources by name. */
    public static final Kind<SortedMap<String, Resources>> RESOURCES_BY_NAME = map(RESOURCES);

    /** Numbers by name. */
    public static final Kind<SortedMap<String, Double>> NUMBERS = map(NUMBER);

    /** Whole numbers by name. */
    public static final Kind<SortedMap<String, Integer>> COUNTS = map(COUNT);

    /** Texts by name. */
    public static final Kind<SortedMap<String, String>> TEXT_BY_NAME = map(TEXT);

    /** Lists of texts by name. */
    public static final Kind<SortedMap<String, List<String>>> TEXTS_BY_NAME = map(TEXTS);

    /** Minimum sets by role. */
    public static final Kind<SortedMap<String, List<Quantities>>> MINIMUMS_BY_ROLE = map(MINIMUMS);

    private Kinds() {}

    // ---- makers

    /** What a text says. */
    public static <T> Kind<T> scalar(String what, Function<String, T> reader) {
        return new Kind<>(what, node -> {
            if (!(node instanceof YamlNode.Text text) || text.isNull()) {
                throw Kind.not(node);
            }
            return reader.apply(text.text());
        });
    }

    /** This word and no other. */
    static Kind<String> word(String what, String word) {
        return scalar("the word " + what, text -> {
            if (!text.equals(word)) {
                throw new IllegalArgumentException("this is \"" + text + "\"");
            }
            return text;
        });
    }

    /** One of these words. */
    public static <T> Kind<T> oneOf(String what, List<T> values, Function<T, String> word) {
        return scalar(
                what,
                text -> values.stream()
                        .filter(value -> word.apply(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is none"
                                + Nearest.hint(text, values.stream().map(word).toList()))));
    }

    /** A list of these. */
    public static <T> Kind<List<T>> list(Kind<T> kind) {
        return new Kind<>("a list of " + kind.what(), node -> {
            if (!(node instanceof YamlNode.Items(var _, var items))) {
                throw Kind.not(node);
            }
            var read = new ArrayList<T>();
            items.forEach(item -> read.add(kind.read(item)));
            return List.copyOf(read);
        });
    }

    /** A mapping from names to these. */
    static <T> Kind<SortedMap<String, T>> map(Kind<T> kind) {
        return new Kind<>("a mapping of names to " + kind.what(), node -> {
            if (!(node instanceof YamlNode.Mapping(var _, var entries, var _))) {
                throw Kind.not(node);
            }
            var read = new TreeMap<String, T>();
            entries.forEach((key, value) -> read.put(key, kind.read(value)));
            return read;
        });
    }

    // ---- readers

    private static List<Quantities> minimums(String text) {
        var sets = new ArrayList<Quantities>();
        if (!text.isBlank()) {
            for (var one : text.split("\\|", -1)) {
                sets.add(Quantities.parse(one));
            }
        }
        return List.copyOf(sets);
    }

    private static Duration duration(String text) {
        var matcher = DURATION_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no number with one of the units ms, s, m, h, d, w");
        }
        long nanosPerUnit = switch (matcher.group(3)) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 604_800_000_000_000L;
        };
        var nanos = new java.math.BigDecimal(matcher.group(2)).multiply(java.math.BigDecimal.valueOf(nanosPerUnit));
        var billion = java.math.BigDecimal.valueOf(1_000_000_000L);
        var parts = nanos.divideAndRemainder(billion);
        var read = Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
        return matcher.group(1).isEmpty() ? read : read.negated();
    }

    static double number(String text) {
        if (!text.matches("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
            throw new IllegalArgumentException("\"" + text + "\" is no decimal number");
        }
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(text + " is too large");
        }
        return number;
    }
}
