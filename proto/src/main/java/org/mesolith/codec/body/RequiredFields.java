package org.mesolith.codec.body;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/** Finds every required field that a message, built with {@code buildPartial()}, lacks at any depth. */
final class RequiredFields {
    private RequiredFields() {}

    static void check(Message message, Path at, ShapeErrors errors) {
        if (message.isInitialized()) {
            return;
        }
        for (var field : message.getDescriptorForType().getFields()) {
            if (field.isRequired() && !message.hasField(field)) {
                errors.addMissing(at.field(field.getName()));
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                checkInside(message, field, at.field(field.getName()), errors);
            }
        }
    }

    private static void checkInside(Message message, FieldDescriptor field, Path at, ShapeErrors errors) {
        if (!field.isRepeated()) {
            if (message.hasField(field)) {
                check((Message) message.getField(field), at, errors);
            }
            return;
        }
        var elements = (List<?>) message.getField(field);
        for (int i = 0; i < elements.size(); i++) {
            var element = (Message) elements.get(i);
            if (field.isMapField()) {
                checkMapValue(element, at, errors);
            } else {
                check(element, at.index(i), errors);
            }
        }
    }

    private static void checkMapValue(Message entry, Path at, ShapeErrors errors) {
        var key = String.valueOf(entry.getField(entry.getDescriptorForType().findFieldByNumber(1)));
        if (entry.getField(entry.getDescriptorForType().findFieldByNumber(2)) instanceof Message value) {
            check(value, at.key(key), errors);
        }
    }
}
