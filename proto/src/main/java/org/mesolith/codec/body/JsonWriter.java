package org.mesolith.codec.body;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.List;

/** Writes a message as JSON, its fields in the order of the .proto file. */
final class JsonWriter {
    private final JsonGenerator json;

    JsonWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Message message) throws IOException {
        json.writeStartObject();
        for (var field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                writeMany(message, field);
            } else if (message.hasField(field) || isShownUnset(field)) {
                json.writeFieldName(field.getName());
                writeValue(field, message.getField(field));
            }
        }
        json.writeEndObject();
    }

    /** Defaults that the API declares are part of an answer; those of deprecated fields are not. */
    private static boolean isShownUnset(FieldDescriptor field) {
        return field.hasDefaultValue() && !field.getOptions().getDeprecated();
    }

    private void writeMany(Message message, FieldDescriptor field) throws IOException {
        if (message.getRepeatedFieldCount(field) == 0) {
            return;
        }
        var elements = (List<?>) message.getField(field);
        json.writeFieldName(field.getName());
        if (field.isMapField()) {
            writeEntries(field, elements);
            return;
        }
        json.writeStartArray();
        for (var element : elements) {
            writeValue(field, element);
        }
        json.writeEndArray();
    }

    private void writeEntries(FieldDescriptor field, List<?> entries) throws IOException {
        var key = field.getMessageType().findFieldByNumber(1);
        var value = field.getMessageType().findFieldByNumber(2);
        json.writeStartObject();
        for (var element : entries) {
            var entry = (Message) element;
            json.writeFieldName(String.valueOf(entry.getField(key)));
            writeValue(value, entry.getField(value));
        }
        json.writeEndObject();
    }

    private void writeValue(FieldDescriptor field, Object value) throws IOException {
        switch (field.getJavaType()) {
            case INT -> json.writeNumber(isUnsigned(field) ? Integer.toUnsignedLong((int) value) : (int) value);
            case LONG -> writeLong(field, (long) value);
            case DOUBLE -> writeReal((double) value);
            case FLOAT -> writeReal((float) value);
            case BOOLEAN -> json.writeBoolean((boolean) value);
            case STRING -> json.writeString((String) value);
            case BYTE_STRING -> json.writeBinary(((ByteString) value).toByteArray());
            case ENUM -> json.writeString(((EnumValueDescriptor) value).getName());
            case MESSAGE -> write((Message) value);
        }
    }

    private void writeLong(FieldDescriptor field, long value) throws IOException {
        if (value < 0 && isUnsigned(field)) {
            json.writeNumber(Long.toUnsignedString(value));
        } else {
            json.writeNumber(value);
        }
    }

    /** JSON has no word for what is not finite; readers of this API know these strings. */
    private void writeReal(double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }
}
