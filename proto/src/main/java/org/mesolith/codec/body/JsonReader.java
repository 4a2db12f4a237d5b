package org.mesolith.codec.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * Fills a message from a stream of JSON tokens. A value of the wrong kind becomes a problem and is skipped, so that one
 * answer names all errors; broken JSON ends it.
 */
final class JsonReader {
    private final JsonParser json;
    private final ShapeErrors errors;
    private final JsonScalars scalars;

    JsonReader(JsonParser json, CodecLimits limits, ShapeErrors errors) {
        this.json = json;
        this.errors = errors;
        this.scalars = new JsonScalars(json, limits, errors);
    }

    /** Reads the object whose first brace is the current token. */
    void readObject(Message.Builder into, Path at) throws IOException {
        var type = into.getDescriptorForType();
        var seen = new BitSet(type.getFields().size());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = type.findFieldByName(json.currentName());
            json.nextToken();
            if (field == null) {
                json.skipChildren();
            } else if (seen.get(field.getIndex())) {
                errors.add(at.field(field.getName()), "is given twice in one object");
                json.skipChildren();
            } else {
                seen.set(field.getIndex());
                readField(into, field, at.field(field.getName()));
            }
        }
    }

    private void readField(Message.Builder into, FieldDescriptor field, Path at) throws IOException {
        var token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (field.isMapField()) {
            readMap(into, field, at);
        } else if (!field.isRepeated()) {
            readSingle(into, field, at);
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                addElement(into, field, at.index(i));
            }
        } else {
            addElement(into, field, at);
        }
    }

    private void readSingle(Message.Builder into, FieldDescriptor field, Path at) throws IOException {
        var oneof = field.getRealContainingOneof();
        if (oneof != null && into.hasOneof(oneof)) {
            var other = into.getOneofFieldDescriptor(oneof);
            errors.add(at, "is given beside " + (other == null ? "another" : other.getName()) + ", only one may be");
            json.skipChildren();
            return;
        }
        var value = readValue(into, field, at);
        if (value != null) {
            into.setField(field, value);
        }
    }

    private void addElement(Message.Builder into, FieldDescriptor field, Path at) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        var value = readValue(into, field, at);
        if (value != null) {
            into.addRepeatedField(field, value);
        }
    }

    private void readMap(Message.Builder into, FieldDescriptor field, Path at) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            scalars.mismatch(field, at);
            json.skipChildren();
            return;
        }
        var keys = new HashSet<String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var key = json.currentName();
            var place = at.key(key);
            json.nextToken();
            if (!keys.add(key)) {
                errors.add(place, "is given twice in one object");
                json.skipChildren();
            } else if (!JsonScalars.isUnicode(key)) {
                errors.add(place, "the key holds half a surrogate pair, which is no character");
                json.skipChildren();
            } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                readEntry(into, field, key, place);
            }
        }
    }

    private void readEntry(Message.Builder into, FieldDescriptor field, String key, Path at) throws IOException {
        var entry = into.newBuilderForField(field);
        var type = field.getMessageType();
        var valueField = type.findFieldByNumber(2);
        var value = readValue(entry, valueField, at);
        if (value != null) {
            entry.setField(type.findFieldByNumber(1), key);
            entry.setField(valueField, value);
            into.addRepeatedField(field, entry.buildPartial());
        }
    }

    /** One value; null if there is none to set. Leaves the parser at the value's last token. */
    private @Nullable Object readValue(Message.Builder parent, FieldDescriptor field, Path at) throws IOException {
        var token = json.currentToken();
        if (token == JsonToken.START_OBJECT && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            var inner = parent.newBuilderForField(field);
            readObject(inner, at);
            return inner.buildPartial();
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            scalars.mismatch(field, at);
            json.skipChildren();
            return null;
        }
        return scalars.read(field, at);
    }
}
