package org.mesolith.codec.body;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The JSON of the v1 API, for any generated message, both ways and without a tree in between.
 *
 * <p>It is not the JSON that protobuf prescribes. Reading: field names as in the .proto files; unknown keys are
 * ignored; an unknown name of an enum leaves the field unset (an error only if the field is required), a number for an
 * enum is an error; numbers may come in quotes, as may true, false, Infinity, -Infinity and NaN; bytes are base64; null
 * is unset; one value may stand for a list of one, a list never for one value; a Duration is an object. The same key
 * twice in an object and two members of a oneof are errors. Writing: what is set, and unset single fields whose default
 * the .proto file declares unless they are deprecated; 64-bit numbers are numbers, maps are objects.
 *
 * <p>Safe for use by any thread.
 */
public final class MesosJson {
    private final CodecLimits limits;
    private final JsonFactory factory;

    public MesosJson(CodecLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depthMax())
                        .maxStringLength(limits.bytesMax())
                        .maxNameLength(limits.bytesMax())
                        .maxNumberLength(limits.bytesMax())
                        .build())
                .build();
    }

    /** Reads a message of the type of {@code prototype}; refused with everything that is wrong, one problem a field. */
    public <M extends Message> Decoded<M> decode(M prototype, byte[] body) {
        if (body.length > limits.bytesMax()) {
            return Decoded.refused("the body has " + body.length + " bytes, allowed are " + limits.bytesMax());
        }
        if (!UnsafeByteOperations.unsafeWrap(body).isValidUtf8()) {
            return Decoded.refused("the body is not valid UTF-8");
        }
        var errors = new ShapeErrors(limits.problemsMax());
        var builder = prototype.newBuilderForType();
        try (var json = factory.createParser(body)) {
            readAll(json, builder, errors);
        } catch (StreamConstraintsException e) {
            return Decoded.refused("the body goes beyond a limit" + place(e) + ": " + inOwnWords(e));
        } catch (JacksonException e) {
            return Decoded.refused("the body is not JSON" + place(e) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        var message = builder.buildPartial();
        RequiredFields.check(message, Path.ROOT, errors);
        if (!errors.isEmpty()) {
            return errors.refuse();
        }
        return new Decoded.Ok<>(Messages.sameType(prototype, message));
    }

    private void readAll(JsonParser json, Message.Builder builder, ShapeErrors errors) throws IOException {
        var first = json.nextToken();
        if (first == null) {
            errors.add(Path.ROOT, "the body is empty, expected a JSON object");
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            errors.add(Path.ROOT, "the body is JSON but not an object");
            return;
        }
        new JsonReader(json, limits, errors).readObject(builder, Path.ROOT);
        if (json.nextToken() != null) {
            errors.add(Path.ROOT, "something follows the JSON object");
        }
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The parser's own text names Java methods, which help no caller. */
    private String inOwnWords(StreamConstraintsException e) {
        var text = e.getOriginalMessage();
        if (text.contains("nesting depth")) {
            return "objects and arrays are nested deeper than " + limits.depthMax();
        }
        return text;
    }

    /** The message as JSON. */
    public byte[] encode(Message message) {
        var out = new ByteArrayOutputStream(256);
        try {
            write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Writes the message as the next value of a document. */
    public static void write(Message message, JsonGenerator json) throws IOException {
        new JsonWriter(json).write(message);
    }

    /** Writes the message as JSON; flushes and does not close the stream. */
    public void write(Message message, OutputStream out) throws IOException {
        try (var json = factory.createGenerator(out, JsonEncoding.UTF8)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new JsonWriter(json).write(message);
        }
    }
}
