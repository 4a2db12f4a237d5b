package org.mesolith.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which a call that can be read has one value that means nothing or too much: ids and roles that are none,
 * names of enums that nobody knows, numbers at their limits; for each field that the call has.
 */
final class WrongValues {
    /** What a value is, whatever its field is called. */
    enum Kind {
        ID,
        ROLE,
        NAME,
        REQUIRED_NAME,
        REAL,
        WHOLE
    }

    /**
     * A call with one changed value.
     *
     * @param place of the value, with the numbers of elements
     */
    record Case(Kind kind, String place, JsonNode value, JsonNode call) {
        /** The place without the numbers of elements. */
        String plain() {
            return place.replaceAll("\\[\\d+]", "");
        }

        @Override
        public String toString() {
            var text = value.toString();
            return place + "=" + (text.length() > 40 ? text.length() + " characters" : text);
        }
    }

    /** An id that is good and that nobody has. */
    static final String UNKNOWN = "no-such";

    private static final Set<String> ROLES = Set.of("role", "roles", "suppressed_roles");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<JsonNode> IDS = Stream.of(
                    "", ".", "..", "a/b", "a\\b", "a\u0001b", "x".repeat(256), UNKNOWN)
            .<JsonNode>map(NODES::textNode)
            .toList();
    private static final List<JsonNode> BAD_ROLES = Stream.of(
                    "", ".", "..", "/a", "a/", "a//b", "-a", "a b", "a\tb", UNKNOWN)
            .<JsonNode>map(NODES::textNode)
            .toList();
    private static final List<JsonNode> REALS = List.of(
            NODES.textNode("NaN"),
            NODES.textNode("Infinity"),
            NODES.textNode("-Infinity"),
            NODES.numberNode(-1.0),
            NODES.numberNode(Double.MAX_VALUE));

    private final JsonNode good;
    private final Consumer<Case> cases;

    WrongValues(JsonNode good, Consumer<Case> cases) {
        this.good = good;
        this.cases = cases;
    }

    /** All cases of a call of this type. */
    void make(Descriptor type) {
        object(good, type, "");
    }

    private void object(JsonNode object, Descriptor type, String at) {
        for (var field : type.getFields()) {
            var value = object.get(field.getName());
            if (value == null || field.isMapField()) {
                entries(value, field, at + field.getName());
            } else if (value instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    value(list.get(i), field, at + field.getName() + "[" + i + "]");
                }
            } else {
                value(value, field, at + field.getName());
            }
        }
    }

    private void entries(@Nullable JsonNode map, FieldDescriptor field, String at) {
        if (map instanceof ObjectNode entries) {
            var type = field.getMessageType().findFieldByNumber(2);
            entries.properties().forEach(entry -> value(entry.getValue(), type, at + "[\"" + entry.getKey() + "\"]"));
        }
    }

    private void value(JsonNode value, FieldDescriptor field, String at) {
        var name = field.getName();
        switch (field.getJavaType()) {
            case MESSAGE -> object(value, field.getMessageType(), at + ".");
            case ENUM -> {
                if (!at.equals("type")) {
                    change(field.isRequired() ? Kind.REQUIRED_NAME : Kind.NAME, at, List.of(NODES.textNode("NO_SUCH")));
                }
            }
            case DOUBLE, FLOAT -> change(Kind.REAL, at, REALS);
            case INT, LONG -> change(Kind.WHOLE, at, limits(field));
            case STRING -> {
                boolean isId = field.getContainingType().getName().endsWith("ID") && name.equals("value");
                if (isId || at.endsWith("persistence.id")) {
                    change(Kind.ID, at, IDS);
                } else if (ROLES.contains(name)) {
                    change(Kind.ROLE, at, BAD_ROLES);
                }
            }
            case BOOLEAN, BYTE_STRING -> {}
        }
    }

    private static List<JsonNode> limits(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT64, FIXED64 -> List.of(NODES.numberNode(0), NODES.numberNode(Long.MAX_VALUE));
            case UINT32, FIXED32 -> List.of(NODES.numberNode(0), NODES.numberNode(0xFFFF_FFFFL));
            case INT32, SINT32, SFIXED32 ->
                List.of(NODES.numberNode(Integer.MIN_VALUE), NODES.numberNode(-1), NODES.numberNode(Integer.MAX_VALUE));
            default ->
                List.of(NODES.numberNode(Long.MIN_VALUE), NODES.numberNode(-1), NODES.numberNode(Long.MAX_VALUE));
        };
    }

    private void change(Kind kind, String at, List<JsonNode> values) {
        for (var value : values) {
            cases.accept(new Case(kind, at, value, changed(good.deepCopy(), at, value)));
        }
    }

    /** The tree with another value at this place. */
    static JsonNode changed(JsonNode tree, String place, JsonNode value) {
        var steps = place.replaceAll("\\[\"?([^\"\\]]+)\"?]", ".$1").split("\\.");
        var at = tree;
        for (int i = 0; i < steps.length - 1; i++) {
            at = at instanceof ArrayNode list ? list.get(Integer.parseInt(steps[i])) : at.get(steps[i]);
        }
        var last = steps[steps.length - 1];
        if (at instanceof ArrayNode list) {
            list.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) at).set(last, value);
        }
        return tree;
    }
}
