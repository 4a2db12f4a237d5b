package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.OperatorCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;

/**
 * What is posted to the endpoints that are older than the v1 API, as calls of that API: each is written as its call in
 * JSON and read as if it had come so, with the same limits and complaints. Any thread.
 */
public final class LegacyCalls {
    private static final String AGENT = "slaveId";

    private final OperatorCodec codec;
    private final JsonFactory factory;

    public LegacyCalls(OperatorCodec codec, CodecLimits limits) {
        this.codec = codec;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depthMax())
                        .maxStringLength(limits.bytesMax())
                        .maxNameLength(limits.bytesMax())
                        .maxNumberLength(limits.bytesMax())
                        .build())
                .build();
    }

    /** Writes the fields of a call. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** {@code /reserve}, {@code /unreserve}, {@code /create-volumes}, {@code /destroy-volumes}: a form. */
    public Decoded<OperatorCall> operation(String path, Map<String, String> form) {
        var volumes = path.endsWith("-volumes");
        var key = volumes ? "volumes" : "resources";
        for (var needed : List.of(AGENT, key)) {
            if (!form.containsKey(needed)) {
                return Decoded.refused("Missing '" + needed + "' in the body; it is a form: " + AGENT + "=…&" + key
                        + "=[…], URL-encoded");
            }
        }
        var type = switch (path) {
            case "/reserve" -> "RESERVE_RESOURCES";
            case "/unreserve" -> "UNRESERVE_RESOURCES";
            case "/create-volumes" -> "CREATE_VOLUMES";
            default -> "DESTROY_VOLUMES";
        };
        return call(type, json -> {
            json.writeObjectFieldStart("agent_id");
            json.writeStringField("value", form.getOrDefault(AGENT, ""));
            json.writeEndObject();
            copy(json, key, form.getOrDefault(key, ""));
            if (form.containsKey("source") && path.equals("/reserve")) {
                copy(json, "source", form.getOrDefault("source", ""));
            }
        });
    }

    /** {@code /teardown}: a form with {@code frameworkId}. */
    public Decoded<OperatorCall> teardown(Map<String, String> form) {
        var framework = form.get("frameworkId");
        if (framework == null) {
            return Decoded.refused("Missing 'frameworkId' in the body; it is a form: frameworkId=…");
        }
        return call("TEARDOWN", json -> {
            json.writeObjectFieldStart("framework_id");
            json.writeStringField("value", framework);
            json.writeEndObject();
        });
    }

    /** PUT {@code /weights}: a list of roles with their weights. */
    public Decoded<OperatorCall> weights(String body) {
        return call("UPDATE_WEIGHTS", json -> copy(json, "weight_infos", body));
    }

    /** POST {@code /quota}: a role with its guarantee. */
    public Decoded<OperatorCall> quota(String body) {
        return call("SET_QUOTA", json -> copy(json, "quota_request", body));
    }

    /** POST {@code /maintenance/schedule}: the whole schedule. */
    public Decoded<OperatorCall> schedule(String body) {
        return call("UPDATE_MAINTENANCE_SCHEDULE", json -> copy(json, "schedule", body));
    }

    /** POST {@code /machine/down}: a list of machines. */
    public Decoded<OperatorCall> down(String body) {
        return call("START_MAINTENANCE", json -> copy(json, "machines", body));
    }

    /** POST {@code /machine/up}: a list of machines. */
    public Decoded<OperatorCall> up(String body) {
        return call("STOP_MAINTENANCE", json -> copy(json, "machines", body));
    }

    private Decoded<OperatorCall> call(String type, Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (var json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeObjectFieldStart(type.toLowerCase(Locale.ROOT));
            fields.write(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (JacksonException e) {
            return Decoded.refused("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("copying in memory failed", e);
        }
        return codec.decode(Encoding.JSON, bytes.toByteArray());
    }

    /** One value and nothing behind it; so that no text can add fields to the call. */
    private void copy(JsonGenerator json, String key, String text) throws IOException {
        try (var parser = factory.createParser(text)) {
            var first = parser.nextToken();
            if (first != JsonToken.START_ARRAY && first != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "'" + key + "' is no JSON array or object");
            }
            json.writeFieldName(key);
            json.copyCurrentStructure(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something follows the value of '" + key + "'");
            }
        }
    }
}
