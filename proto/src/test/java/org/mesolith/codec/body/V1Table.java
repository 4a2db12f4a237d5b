package org.mesolith.codec.body;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of the v1 API, which was made independently of our .proto files. */
final class V1Table {
    private static final String TABLE = "mesos-v1-messages.tsv";

    private static final Set<String> NEWER = newer();

    private V1Table() {}

    /** One row of the table. */
    record Row(String kind, String owner, String name, boolean inTheJar) {
        private static Row of(String line) {
            var columns = line.split("\t", -1);
            return new Row(columns[0], columns[1], columns[2], columns[8].equals("yes"));
        }
    }

    /** Its lines, without the heading. */
    static List<String> lines() {
        try (var in = V1Table.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + TABLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Messages of which Mesos' published jar has no field. */
    static Set<String> messagesAfterTheJar() {
        Map<String, Set<Boolean>> fields = lines().stream()
                .map(Row::of)
                .filter(row -> row.kind().equals("message-field"))
                .collect(groupingBy(Row::owner, mapping(Row::inTheJar, toSet())));
        fields.values().removeIf(known -> known.contains(true));
        return fields.keySet();
    }

    /** The message without fields and values of enums that the published jar does not know. */
    static Message withoutWhatIsNewer(Message message) {
        var builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (NEWER.contains(field.getFullName())) {
                builder.clearField(field);
            } else if (field.isRepeated()) {
                var kept = new ArrayList<>();
                for (var element : (List<?>) value) {
                    if (isKnown(element)) {
                        kept.add(element instanceof Message inner ? withoutWhatIsNewer(inner) : element);
                    }
                }
                builder.setField(field, kept);
            } else if (value instanceof Message inner) {
                builder.setField(field, withoutWhatIsNewer(inner));
            } else if (!isKnown(value)) {
                builder.setField(field, oldest(field));
            }
        });
        return builder.build();
    }

    private static EnumValueDescriptor oldest(FieldDescriptor field) {
        return field.getEnumType().getValues().getFirst();
    }

    private static boolean isKnown(Object value) {
        return !(value instanceof EnumValueDescriptor chosen)
                || !NEWER.contains(chosen.getType().getFullName() + "." + chosen.getName());
    }

    private static Set<String> newer() {
        return lines().stream()
                .map(Row::of)
                .filter(row -> !row.inTheJar() && !row.name().isEmpty())
                .map(row -> row.owner() + "." + row.name())
                .collect(toSet());
    }
}
