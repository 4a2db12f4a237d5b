package org.mesolith.statecodec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mesolith.proto.gen.log.Log;

/** Finds fields that this software does not know, however deep: dropping one would change what a command means. */
final class KnownFields {
    /**
     * Of each sort of message in a command, the fields that are messages; asking for all fields costs five times as
     * much.
     */
    private static final Map<Descriptor, List<FieldDescriptor>> PARTS = parts();

    private KnownFields() {}

    private static Map<Descriptor, List<FieldDescriptor>> parts() {
        var parts = new HashMap<Descriptor, List<FieldDescriptor>>();
        collect(Log.Logged.getDescriptor(), parts);
        return Map.copyOf(parts);
    }

    private static void collect(Descriptor type, Map<Descriptor, List<FieldDescriptor>> into) {
        if (into.containsKey(type)) {
            return;
        }
        var parts = type.getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .toList();
        into.put(type, parts);
        parts.forEach(field -> collect(field.getMessageType(), into));
    }

    /**
     * @throws UnknownFormatException when there is one
     */
    static void check(String what, Message message) {
        if (!message.getUnknownFields().isEmpty()) {
            throw new UnknownFormatException(what + " with unknown fields "
                    + message.getUnknownFields().asMap().keySet() + " in "
                    + message.getDescriptorForType().getFullName());
        }
        for (var field : PARTS.getOrDefault(message.getDescriptorForType(), List.of())) {
            if (field.isRepeated()) {
                for (int i = message.getRepeatedFieldCount(field) - 1; i >= 0; i--) {
                    check(what, (Message) message.getRepeatedField(field, i));
                }
            } else if (message.hasField(field)) {
                check(what, (Message) message.getField(field));
            }
        }
    }
}
