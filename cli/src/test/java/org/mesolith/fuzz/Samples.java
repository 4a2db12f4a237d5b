package org.mesolith.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** Messages of a kind with everything in them: one for each member message, with the type of that name. */
final class Samples {
    private static final int DEPTH_MAX = 5;

    private Samples() {}

    static List<Message> of(Message prototype) {
        var samples = new ArrayList<Message>();
        var type = prototype.getDescriptorForType().findFieldByName("type");
        for (var field : prototype.getDescriptorForType().getFields()) {
            if (field.getJavaType() != JavaType.MESSAGE) {
                continue;
            }
            var sample = prototype.newBuilderForType();
            put(sample, field, DEPTH_MAX);
            for (var other : prototype.getDescriptorForType().getFields()) {
                if (isOfEach(other) && !sample.hasField(other)) {
                    put(sample, other, DEPTH_MAX);
                }
            }
            EnumValueDescriptor named = type == null || type.getJavaType() != JavaType.ENUM
                    ? null
                    : type.getEnumType().findValueByName(field.getName().toUpperCase(java.util.Locale.ROOT));
            if (named != null) {
                sample.setField(type, named);
            }
            samples.add(sample.build());
        }
        return samples;
    }

    /** Beside the member that it is about a message says whose it is, or who asks. */
    private static boolean isOfEach(FieldDescriptor field) {
        return !field.isRepeated()
                && (field.getName().endsWith("_id") || field.getName().equals("envelope"));
    }

    private static void put(Message.Builder into, FieldDescriptor field, int depth) {
        if (field.isMapField() || (field.getContainingOneof() != null && into.hasOneof(field.getContainingOneof()))) {
            return;
        }
        Object value = value(into, field, depth);
        if (field.isRepeated()) {
            into.addRepeatedField(field, value);
        } else {
            into.setField(field, value);
        }
    }

    private static Object value(Message.Builder into, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            case STRING -> field.getName();
            case BYTE_STRING -> ByteString.copyFrom(new byte[16]);
            case ENUM -> field.getEnumType().getValues().getLast();
            case MESSAGE -> {
                var inner = into.newBuilderForField(field);
                for (var each : field.getMessageType().getFields()) {
                    if (each.getJavaType() != JavaType.MESSAGE || depth > 0 || each.isRequired()) {
                        put(inner, each, depth - 1);
                    }
                }
                yield inner.build();
            }
        };
    }
}
