package org.mesolith.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Encoding;

/**
 * Every way in which a call cannot be read at all, one fault a case: made from the descriptions of the messages, which
 * another test holds against the table of the v1 API. Each must be refused with 400 and the place of the fault.
 */
final class WrongShapes {
    /**
     * A call that cannot be read.
     *
     * @param fault what is wrong, for people
     * @param place of the fault, as the text must name it
     */
    record Case(String fault, String place, Encoding encoding, byte[] body) {
        @Override
        public String toString() {
            return fault + " at " + place + " in " + encoding;
        }
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Stands for half a surrogate pair, which JSON can name and no text can hold. */
    private static final String HALF = "<half a character>";

    private static final BigInteger BEYOND = BigInteger.TWO.pow(64);

    private final Message good;
    private final int depthMax;
    private final Consumer<Case> cases;

    /**
     * Makes the faults of one good call.
     *
     * @param good the call in which all but one thing stays good
     * @param depthMax fields from the call down to the fault
     */
    WrongShapes(Message good, int depthMax, Consumer<Case> cases) {
        this.good = good;
        this.depthMax = depthMax;
        this.cases = cases;
    }

    /** Faults in the call itself and in what it holds below these of its fields. */
    void make(Set<String> below) {
        for (var field : good.getDescriptorForType().getFields()) {
            if (below.contains(field.getName())) {
                faults(List.of(), field);
            }
        }
    }

    private void walk(List<FieldDescriptor> path, Descriptor type, Set<String> above) {
        if (path.size() >= depthMax || above.contains(type.getFullName())) {
            return;
        }
        for (var field : type.getFields()) {
            var passed = new TreeSet<>(above);
            passed.add(type.getFullName());
            faults(path, field, passed);
        }
    }

    private void faults(List<FieldDescriptor> path, FieldDescriptor field) {
        faults(path, field, new TreeSet<>());
    }

    private void faults(List<FieldDescriptor> path, FieldDescriptor field, Set<String> above) {
        var place = place(path, field);
        if (field.isRequired()) {
            missing(path, field, place);
        }
        kinds(path, field, field.isRepeated() && !field.isMapField() ? place + "[0]" : place);
        if (field.getJavaType() == JavaType.MESSAGE && !field.isMapField()) {
            var below = new ArrayList<>(path);
            below.add(field);
            walk(below, field.getMessageType(), above);
        }
    }

    private void missing(List<FieldDescriptor> path, FieldDescriptor field, String place) {
        var without = Grown.at(good, path, message -> message.clearField(field));
        cases.accept(new Case("required and missing", place, Encoding.JSON, Bodies.bytes(Bodies.tree(without))));
        cases.accept(new Case("required and missing", place, Encoding.PROTOBUF, without.toByteArray()));
        var gap = gap(path, field);
        cases.accept(new Case("null for a required field", place, Encoding.JSON, gap.filled(NODES.nullNode())));
        if (field.getJavaType() == JavaType.ENUM) {
            var unknown = gap.filled(NODES.textNode("NO_SUCH_NAME"));
            cases.accept(new Case("unknown name", place, Encoding.JSON, unknown));
            binary("unknown number", path, field, place, one -> one.addVarint(999_999));
        }
    }

    /** Values that the field cannot hold. */
    private void kinds(List<FieldDescriptor> path, FieldDescriptor field, String place) {
        var gap = gap(path, field);
        unfit(field).forEach((fault, value) -> cases.accept(new Case(fault, place, Encoding.JSON, gap.filled(value))));
        if (field.getType() == FieldDescriptor.Type.STRING) {
            binary(
                    "not UTF-8",
                    path,
                    field,
                    plain(path, field),
                    one -> one.addLengthDelimited(ByteString.copyFrom(new byte[] {(byte) 0xff, 'a'})));
        }
    }

    private static SequencedMap<String, JsonNode> unfit(FieldDescriptor field) {
        var values = new LinkedHashMap<String, JsonNode>();
        switch (field.getJavaType()) {
            case MESSAGE -> {
                values.put("a number for an object", NODES.numberNode(7));
                values.put("a string for an object", NODES.textNode("seven"));
            }
            case INT, LONG -> {
                values.put("an object for a number", NODES.objectNode());
                values.put("too large", NODES.numberNode(BEYOND));
                values.put("too small", NODES.numberNode(BEYOND.negate()));
                values.put("not whole", NODES.numberNode(1.5));
                values.put("no number", NODES.textNode("1x"));
            }
            case DOUBLE, FLOAT -> {
                values.put("an object for a number", NODES.objectNode());
                values.put("too large", NODES.textNode("1e999"));
                values.put("no number", NODES.textNode("many"));
            }
            case BOOLEAN -> values.put("a number for a truth", NODES.numberNode(1));
            case STRING -> {
                values.put("a number for a string", NODES.numberNode(7));
                values.put("half a character", NODES.textNode(HALF));
            }
            case BYTE_STRING -> {
                values.put("a number for bytes", NODES.numberNode(7));
                values.put("not base64", NODES.textNode("%%%"));
            }
            case ENUM -> {
                values.put("a number for a name", NODES.numberNode(1));
                values.put("an object for a name", NODES.objectNode());
            }
        }
        if (!field.isRepeated()) {
            values.put("a list for one value", NODES.arrayNode().add(1));
        }
        return values;
    }

    // ---- where

    /** The call without the field, as a tree, and the object in it that the field belongs to. */
    private record Gap(JsonNode tree, ObjectNode parent, FieldDescriptor field) {
        byte[] filled(JsonNode value) {
            boolean listed = field.isRepeated() && !field.isMapField();
            parent.set(field.getName(), listed ? NODES.arrayNode().add(value) : value);
            var text = new String(Bodies.bytes(tree), StandardCharsets.UTF_8);
            return text.replace(HALF, "\\ud800").getBytes(StandardCharsets.UTF_8);
        }
    }

    private Gap gap(List<FieldDescriptor> path, FieldDescriptor field) {
        var tree = Bodies.tree(Grown.at(good, path, message -> message.clearField(field)));
        return new Gap(tree, (ObjectNode) down(tree, path), field);
    }

    private void binary(
            String fault,
            List<FieldDescriptor> path,
            FieldDescriptor field,
            String place,
            Consumer<UnknownFieldSet.Field.Builder> value) {
        var raw = UnknownFieldSet.Field.newBuilder();
        value.accept(raw);
        UnaryOperator<Message.Builder> change = message -> message.clearField(field)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(field.getNumber(), raw.build())
                        .build());
        cases.accept(new Case(
                fault, place, Encoding.PROTOBUF, Grown.at(good, path, change).toByteArray()));
    }

    private static JsonNode down(JsonNode tree, List<FieldDescriptor> path) {
        var at = tree;
        for (var field : path) {
            at = at.path(field.getName());
            at = at instanceof ArrayNode list ? list.get(0) : at;
        }
        return at;
    }

    private static String place(List<FieldDescriptor> path, @Nullable FieldDescriptor last) {
        var text = new StringBuilder();
        for (var field : path) {
            text.append(field.getName()).append(field.isRepeated() ? "[0]." : ".");
        }
        return last == null ? text.toString() : text.append(last.getName()).toString();
    }

    /** As protobuf's faults are told: without numbers of elements. */
    private static String plain(List<FieldDescriptor> path, FieldDescriptor field) {
        return place(path, field).replace("[0]", "");
    }
}
