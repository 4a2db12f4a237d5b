package org.mesolith.conversation;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.UnaryOperator;

/** Messages that are changed deep inside; what is missing on the way is made, with what it requires. */
final class Grown {
    private Grown() {}

    /** The message with a change in the message at the end of this path; the first element of a list is taken. */
    static Message at(Message message, List<FieldDescriptor> path, UnaryOperator<Message.Builder> change) {
        if (path.isEmpty()) {
            return change.apply(message.toBuilder()).buildPartial();
        }
        var field = path.getFirst();
        var builder = message.toBuilder();
        var rest = path.subList(1, path.size());
        if (!field.isRepeated()) {
            var inner = message.hasField(field) ? (Message) message.getField(field) : made(builder, field);
            return builder.setField(field, at(inner, rest, change)).buildPartial();
        }
        if (message.getRepeatedFieldCount(field) == 0) {
            return builder.addRepeatedField(field, at(made(builder, field), rest, change))
                    .buildPartial();
        }
        var first = at((Message) message.getRepeatedField(field, 0), rest, change);
        return builder.setRepeatedField(field, 0, first).buildPartial();
    }

    /** A message with everything that its type requires. */
    private static Message made(Message.Builder parent, FieldDescriptor field) {
        var builder = parent.newBuilderForField(field);
        for (var inner : builder.getDescriptorForType().getFields()) {
            if (inner.isRequired()) {
                builder.setField(inner, value(builder, inner));
            }
        }
        return builder.buildPartial();
    }

    private static Object value(Message.Builder parent, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> made(parent, field);
            case INT -> 1;
            case LONG -> 1L;
            case FLOAT -> 1f;
            case DOUBLE -> 1d;
            case BOOLEAN -> true;
            case STRING -> "x";
            case BYTE_STRING -> ByteString.copyFromUtf8("0123456789abcdef");
            case ENUM -> field.getEnumType().getValues().getLast();
        };
    }
}
