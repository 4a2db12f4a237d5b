package org.mesolith.codec.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The .proto files against the table of the v1 API, which was made independently of them: both must say the same. */
class V1TableTest {
    private static final int COLUMNS_COMPARED = 8;

    @Test
    void everyRowOfTheTableIsInTheProtoFilesAndNothingElseIs() {
        assertThat(rowsOfTheProtoFiles()).containsExactlyInAnyOrderElementsOf(rowsOfTheTable());
    }

    @Test
    void theTotalsAreThoseOfTheApi() {
        var rows = rowsOfTheProtoFiles();
        assertThat(V1Messages.files()).hasSize(9);
        assertThat(V1Messages.messages()).hasSize(362);
        assertThat(V1Messages.messages()).filteredOn(V1TableTest::isMapEntry).hasSize(11);
        assertThat(V1Messages.enums()).hasSize(53);
        assertThat(rows).filteredOn(row -> row.startsWith("message-field\t")).hasSize(1228);
        assertThat(rows).filteredOn(row -> row.startsWith("enum-value\t")).hasSize(442);
        assertThat(rows).filteredOn(row -> row.startsWith("oneof\t")).hasSize(3);
    }

    @Test
    void fieldsStandInTheOrderOfTheTableBecauseJsonIsWrittenInIt() {
        var declared = V1Messages.messages().stream()
                .filter(message -> !isMapEntry(message))
                .collect(Collectors.toMap(
                        Descriptor::getFullName,
                        message -> message.getFields().stream()
                                .map(FieldDescriptor::getName)
                                .toList()));
        var listed = rowsOfTheTable().stream()
                .map(row -> row.split("\t", -1))
                .filter(row -> row[0].equals("message-field") && !row[4].equals("map-entry"))
                .collect(Collectors.groupingBy(row -> row[1], Collectors.mapping(row -> row[2], Collectors.toList())));
        listed.forEach((message, fields) -> assertThat(declared.get(message)).isEqualTo(fields));
    }

    @Test
    void allFilesAreProto2AndRefuseStringsThatAreNotUtf8() {
        assertThat(V1Messages.files())
                .allSatisfy(file -> assertThat(file.toProto().getSyntax()).isIn("", "proto2"))
                .allSatisfy(file ->
                        assertThat(file.getOptions().getJavaStringCheckUtf8()).isTrue());
    }

    private static List<String> rowsOfTheTable() {
        return V1Table.lines().stream().map(V1TableTest::comparedColumns).toList();
    }

    private static String comparedColumns(String line) {
        var columns = line.split("\t", -1);
        return String.join("\t", List.of(columns).subList(0, COLUMNS_COMPARED));
    }

    private static List<String> rowsOfTheProtoFiles() {
        var rows = new ArrayList<String>();
        V1Messages.enums().forEach(type -> addValues(type, rows));
        for (var message : V1Messages.messages()) {
            message.getFields().forEach(field -> rows.add(row(field)));
            message.getOneofs().forEach(oneof -> rows.add(row(oneof)));
            if (message.getFields().isEmpty()) {
                rows.add(String.join("\t", "message", message.getFullName(), "", "", "", "", "", ""));
            }
        }
        return rows;
    }

    private static void addValues(EnumDescriptor type, List<String> rows) {
        for (var value : type.getValues()) {
            var number = Integer.toString(value.getNumber());
            var deprecated = yesIf(value.getOptions().getDeprecated());
            rows.add(String.join(
                    "\t", "enum-value", type.getFullName(), value.getName(), number, "", "", "", deprecated));
        }
    }

    private static String row(OneofDescriptor oneof) {
        var members = oneof.getFields().stream().map(FieldDescriptor::getName).collect(Collectors.joining(","));
        var owner = oneof.getContainingType().getFullName();
        return String.join("\t", "oneof", owner, oneof.getName(), "", "", members, "", "");
    }

    private static String row(FieldDescriptor field) {
        return String.join(
                "\t",
                "message-field",
                field.getContainingType().getFullName(),
                field.getName(),
                Integer.toString(field.getNumber()),
                label(field),
                type(field),
                defaultValue(field),
                yesIf(field.getOptions().getDeprecated()));
    }

    private static String yesIf(boolean deprecated) {
        return deprecated ? "yes" : "";
    }

    private static String label(FieldDescriptor field) {
        if (field.isMapField()) {
            return "map";
        }
        if (isMapEntry(field.getContainingType())) {
            return "map-entry";
        }
        var oneof = field.getRealContainingOneof();
        if (oneof != null) {
            return "oneof:" + oneof.getName();
        }
        return field.isRequired() ? "required" : field.isRepeated() ? "repeated" : "optional";
    }

    private static boolean isMapEntry(Descriptor message) {
        return message.getOptions().getMapEntry();
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default ->
                field.toProto().getType().name().substring("TYPE_".length()).toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String defaultValue(FieldDescriptor field) {
        return field.hasDefaultValue() ? field.toProto().getDefaultValue() : "";
    }
}
