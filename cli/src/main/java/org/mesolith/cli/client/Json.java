package org.mesolith.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON token by token (jackson-core only: the binding half of Jackson would double the start-up time).
 * Nesting deeper than Jackson's limit (500) is an {@link IOException}.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Reads one document that is an object. */
    public static JsonObject readObject(InputStream input) throws IOException {
        try (JsonParser parser = FACTORY.createParser(input)) {
            parser.nextToken();
            return objectOf(parser);
        }
    }

    /** Reads one document that is an object. */
    public static JsonObject readObject(byte[] bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            parser.nextToken();
            return objectOf(parser);
        }
    }

    /**
     * Walks through an answer of the form {@code {…, section: {list: [row, …], …}}} and hands over each row as it
     * comes, so that an answer of any length needs no more memory than a row.
     *
     * @param section the field of the document, for example {@code get_tasks}
     * @param rowsByList what to do with the rows of each list; other lists are skipped
     */
    public static void readRows(InputStream input, String section, Map<String, Consumer<JsonObject>> rowsByList)
            throws IOException {
        try (JsonParser parser = FACTORY.createParser(input)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(section);
                if (parser.nextToken() == JsonToken.START_OBJECT && wanted) {
                    readSection(parser, rowsByList);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    /** The bytes of a document. */
    public static byte[] bytes(JsonObject object) {
        var buffer = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(buffer)) {
            write(generator, object);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return buffer.toByteArray();
    }

    /** A generator for people: two spaces an indent, does not close what it writes to. */
    public static JsonGenerator pretty(OutputStream output) throws IOException {
        JsonGenerator generator = FACTORY.createGenerator(output);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(com.fasterxml.jackson.core.util.DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        generator.setPrettyPrinter(printer);
        return generator;
    }

    /** Writes any value that {@link JsonObject} may hold. */
    public static void write(JsonGenerator to, @Nullable Object value) throws IOException {
        // No pattern switch: the JVM would link it anew at each start, which an operator waits for.
        if (value == null) {
            to.writeNull();
        } else if (value instanceof JsonObject object) {
            writeObject(to, object);
        } else if (value instanceof List<?> list) {
            to.writeStartArray();
            for (Object element : list) {
                write(to, element);
            }
            to.writeEndArray();
        } else if (value instanceof Long || value instanceof Integer) {
            to.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            to.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            to.writeBoolean(flag);
        } else {
            to.writeString(value.toString());
        }
    }

    private static void writeObject(JsonGenerator to, JsonObject object) throws IOException {
        to.writeStartObject();
        for (var field : object.fields().entrySet()) {
            to.writeFieldName(field.getKey());
            write(to, field.getValue());
        }
        to.writeEndObject();
    }

    private static void readSection(JsonParser parser, Map<String, Consumer<JsonObject>> rowsByList)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Consumer<JsonObject> rows = rowsByList.get(parser.currentName());
            if (parser.nextToken() != JsonToken.START_ARRAY || rows == null) {
                parser.skipChildren();
                continue;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                rows.accept(objectOf(parser));
            }
        }
    }

    private static JsonObject objectOf(JsonParser parser) throws IOException {
        if (valueOf(parser) instanceof JsonObject object) {
            return object;
        }
        throw new IOException("expected a JSON object");
    }

    private static @Nullable Object valueOf(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("the JSON document is empty or ends too early");
        }
        return switch (token) {
            case START_OBJECT -> {
                var fields = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, valueOf(parser));
                }
                yield new JsonObject(fields);
            }
            case START_ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(valueOf(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getText()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IOException("the JSON document has " + token + " where a value should be");
        };
    }
}
