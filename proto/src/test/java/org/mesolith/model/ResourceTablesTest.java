package org.mesolith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of the YAML tables beside this test: what a Mesos master computes with resources. */
final class ResourceTablesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> parsing() throws IOException {
        return cases("parsing.yaml");
    }

    @TestFactory
    Stream<DynamicTest> arithmetic() throws IOException {
        return cases("arithmetic.yaml");
    }

    @TestFactory
    Stream<DynamicTest> objects() throws IOException {
        return cases("objects.yaml");
    }

    private static Stream<DynamicTest> cases(String file) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (var text = Objects.requireNonNull(ResourceTablesTest.class.getResourceAsStream(file), file);
                var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                JsonNode scenario = documents.next();
                for (JsonNode one : scenario.get("cases")) {
                    tests.add(DynamicTest.dynamicTest(scenario.get("id").asText() + " " + one, () -> check(one)));
                }
            }
        }
        assertThat(tests).as(file).isNotEmpty();
        return tests.stream();
    }

    private static void check(JsonNode one) {
        JsonNode expected = one.get("expect");
        if (expected.isTextual() && expected.asText().equals("error")) {
            assertThatThrownBy(() -> result(one)).isInstanceOfAny(MalformedTextException.class, NotEnough.class);
            return;
        }
        Object result = result(one);
        switch (result) {
            case Resources resources -> checkSame(resources, expected);
            case Quantities quantities -> assertThat(quantities).isEqualTo(quantities(expected));
            case QuantityLimits limits -> assertThat(limits).isEqualTo(limits(expected));
            case Ranges ranges when expected.isTextual() -> assertThat(ranges).isEqualTo(ranges(expected.asText()));
            case Value value -> assertThat(value(value)).isEqualTo(expected.toString());
            case List<?> attributes ->
                assertThat(attributes.stream()
                                .map(ResourceTablesTest::attribute)
                                .toList())
                        .isEqualTo(
                                expected.valueStream().map(JsonNode::toString).toList());
            default -> assertThat(result.toString()).isEqualTo(expected.asText());
        }
    }

    /** Resources are compared by the rules, not by everything; several expectations are alternatives. */
    private static void checkSame(Resources result, JsonNode expected) {
        Stream<String> texts =
                expected.isArray() ? expected.valueStream().map(JsonNode::asText) : Stream.of(expected.asText());
        assertThat(texts.map(Resources::parse)).as(result.toString()).anyMatch(result::isSameAs);
    }

    private static Object result(JsonNode one) {
        return switch (one.get("op").asText()) {
            case "parse" -> ResourceText.parsePlain(text(one, "text"), text(one, "default_role", "*"));
            case "parse-value" -> ValueText.parse(text(one, "text"));
            case "parse-attributes" -> AttributeText.parse(text(one, "text"));
            case "parse-quantities" -> Quantities.parse(text(one, "text"));
            case "parse-limits" -> QuantityLimits.parse(text(one, "text"));
            case "format-scalar" -> Milli.text(Milli.ofDouble(one.get("value").asDouble()));
            case "equal" -> left(one).isSameAs(right(one));
            case "contains" -> left(one).contains(right(one));
            case "add" -> left(one).plus(right(one));
            case "subtract" -> left(one).without(right(one));
            case "object-count" -> sum(one.get("sum")).size();
            case "shared-count" -> sharedCount(one);
            case "find" ->
                ResourceSelection.find(left(one), right(one))
                        .<Object>map(found -> found)
                        .orElse("none");
            case "filter" -> filtered(one, resources(one, "text"));
            case "apply" -> applied(one);
            case "shrink-to-quantities" ->
                ResourceSelection.cut(resources(one, "text"), Quantities.parse(text(one, "target")));
            case "contains-quantities" -> left(one).contains(Quantities.parse(text(one, "quantities")));
            case "quantities-add" -> quantities(one.get("left")).plus(quantities(one.get("right")));
            case "quantities-subtract" -> quantities(one.get("left")).without(quantities(one.get("right")));
            case "quantities-contain" -> quantities(one.get("left")).contains(quantities(one.get("right")));
            case "limits-subtract" -> limits(one.get("left")).without(quantities(one.get("right")));
            case "limits-contain-quantities" -> limits(one.get("left")).contains(quantities(one.get("right")));
            case "ranges-add" -> ranges(text(one, "left")).plus(ranges(text(one, "right")));
            case "ranges-subtract" -> ranges(text(one, "left")).without(ranges(text(one, "right")));
            case "scalar-after" -> scalarAfter(one);
            default -> throw new AssertionError("unknown op in " + one);
        };
    }

    private static String text(JsonNode one, String field) {
        return one.get(field).asText();
    }

    private static String text(JsonNode one, String field, String otherwise) {
        return one.has(field) ? text(one, field) : otherwise;
    }

    private static Resources resources(JsonNode one, String field) {
        return Resources.parse(text(one, field));
    }

    private static Resources left(JsonNode one) {
        return resources(one, "left");
    }

    private static Resources right(JsonNode one) {
        return resources(one, "right");
    }

    private static Resources sum(JsonNode texts) {
        return texts.valueStream().map(text -> Resources.parse(text.asText())).reduce(Resources.EMPTY, Resources::plus);
    }

    private static int sharedCount(JsonNode one) {
        Resources rest = sum(one.get("sum"));
        if (one.has("minus")) {
            for (JsonNode taken : one.get("minus")) {
                rest = rest.without(Resources.parse(taken.asText()));
            }
        }
        return rest.copies(resources(one, "of").get(0));
    }

    private static Resources filtered(JsonNode one, Resources all) {
        return switch (text(one, "by")) {
            case "unreserved" -> all.unreserved();
            case "reserved" -> one.has("role") ? all.reservedTo(text(one, "role")) : all.reserved();
            case "allocatable-to" -> all.allocatableTo(text(one, "role"));
            case "persistent-volumes" -> all.persistentVolumes();
            case "revocable" -> all.revocable();
            case "non-revocable" -> all.nonRevocable();
            case "shared" -> all.shared();
            case "non-shared" -> all.nonShared();
            case "name" -> all.named(text(one, "name"));
            default -> throw new AssertionError("unknown filter in " + one);
        };
    }

    private static final class NotEnough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Resources applied(JsonNode one) {
        Resources all = resources(one, "to");
        for (JsonNode operation : one.get("operations")) {
            String kind = operation.fieldNames().next();
            Resources named = resources(operation, kind);
            Resources flat =
                    kind.endsWith("reserve") ? named.popReservation() : named.mapKinds(ResourceKind::withoutVolume);
            boolean makes = kind.equals("reserve") || kind.equals("create");
            if (!all.contains(makes ? flat : named)) {
                throw new NotEnough();
            }
            all = makes ? all.minus(flat).plus(named) : all.minus(named).plus(flat);
        }
        return all;
    }

    private static Resources scalarAfter(JsonNode one) {
        Resources sum = resources(one, "start");
        for (int i = 0; i < one.get("times").asInt(); i++) {
            for (JsonNode step : one.get("steps")) {
                sum = step.has("add") ? sum.plus(resources(step, "add")) : sum.minus(resources(step, "subtract"));
            }
        }
        return sum;
    }

    private static Ranges ranges(String text) {
        return (Ranges) ValueText.parse(text);
    }

    private static SortedMap<String, Long> amounts(JsonNode amounts) {
        SortedMap<String, Long> byName = new TreeMap<>();
        amounts.properties()
                .forEach(amount -> byName.put(
                        amount.getKey(), Milli.ofDouble(amount.getValue().asDouble())));
        return byName;
    }

    private static Quantities quantities(JsonNode node) {
        return node.isTextual() ? Quantities.parse(node.asText()) : Quantities.of(amounts(node));
    }

    private static QuantityLimits limits(JsonNode node) {
        return node.isTextual() ? QuantityLimits.parse(node.asText()) : new QuantityLimits(amounts(node));
    }

    /** As the tables write it. */
    private static String value(Value value) {
        return switch (value) {
            case Value.Scalar(long milli) -> "{\"scalar\":" + Milli.text(milli) + "}";
            case Ranges ranges -> "{\"ranges\":" + pairs(ranges) + "}";
            case Value.Items(var items) -> "{\"set\":" + JSON.valueToTree(items) + "}";
            case Value.Text(String text) -> "{\"text\":" + JSON.valueToTree(text) + "}";
        };
    }

    private static String pairs(Ranges ranges) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < ranges.count(); i++) {
            pairs.add("[" + ranges.begin(i) + "," + ranges.end(i) + "]");
        }
        return "[" + String.join(",", pairs) + "]";
    }

    private static String attribute(Object attribute) {
        Attribute known = (Attribute) attribute;
        return "{\"name\":\"" + known.name() + "\"," + value(known.value()).substring(1);
    }
}
