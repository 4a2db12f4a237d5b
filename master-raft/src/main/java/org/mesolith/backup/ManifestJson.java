package org.mesolith.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A manifest as JSON and back. The same manifest always becomes the same bytes. */
public final class ManifestJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ManifestJson() {}

    /** The bytes of a manifest. */
    public static byte[] write(Manifest manifest) {
        var bytes = new ByteArrayOutputStream();
        try (var json = MAPPER.createGenerator(bytes)) {
            write(json, manifest);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes it as one object. */
    public static void write(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", manifest.format());
        json.writeStringField("version", manifest.version());
        json.writeNumberField("feature_level", manifest.featureLevel());
        json.writeStringField("cluster_id", manifest.clusterId());
        json.writeNumberField("epoch", manifest.epoch());
        json.writeStringField("epoch_id", Long.toHexString(manifest.epochId()));
        json.writeStringField("group_id", manifest.groupId());
        json.writeStringField("member", manifest.member());
        json.writeNumberField("term", manifest.term());
        json.writeNumberField("index", manifest.index());
        json.writeStringField("taken_at", manifest.takenAt().toString());
        json.writeStringField("digest", manifest.digest());
        json.writeObjectFieldStart("counts");
        for (var count : manifest.counts().entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
        files(json, manifest.files());
        var past = manifest.past();
        if (past != null) {
            json.writeObjectFieldStart("past");
            json.writeNumberField("snapshot_term", past.snapshotTerm());
            json.writeNumberField("snapshot_index", past.snapshotIndex());
            json.writeNumberField("log_first", past.logFirst());
            files(json, past.files());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void files(JsonGenerator json, List<Manifest.Part> files) throws IOException {
        json.writeArrayFieldStart("files");
        for (var file : files) {
            json.writeStartObject();
            json.writeStringField("name", file.name());
            json.writeNumberField("bytes", file.bytes());
            json.writeStringField("sha256", file.sha256());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Reads one.
     *
     * @throws BackupRefusedException when it is none, or a newer version wrote it
     */
    public static Manifest read(byte[] bytes) throws BackupRefusedException {
        try {
            return read(MAPPER.readTree(bytes));
        } catch (JsonProcessingException notJson) {
            throw damaged(notJson.getOriginalMessage(), notJson);
        } catch (BackupRefusedException refused) {
            throw refused;
        } catch (IOException impossible) {
            throw damaged(String.valueOf(impossible.getMessage()), impossible);
        }
    }

    /** The same from a document that was read already. */
    public static Manifest read(JsonNode json) throws BackupRefusedException {
        int format = json.path("format").asInt();
        if (format > Manifest.FORMAT) {
            throw new BackupRefusedException("the backup has format " + format + ", this version reads "
                    + Manifest.FORMAT + "; use the version that made it ("
                    + json.path("version").asText("unknown") + "), or a newer one");
        }
        try {
            var counts = new TreeMap<String, Long>();
            json.path("counts")
                    .properties()
                    .forEach(
                            count -> counts.put(count.getKey(), count.getValue().asLong()));
            return new Manifest(
                    text(json, "version"),
                    Math.toIntExact(whole(json, "feature_level")),
                    text(json, "cluster_id"),
                    whole(json, "epoch"),
                    Long.parseUnsignedLong(text(json, "epoch_id"), 16),
                    text(json, "group_id"),
                    text(json, "member"),
                    whole(json, "term"),
                    whole(json, "index"),
                    Instant.parse(text(json, "taken_at")),
                    text(json, "digest"),
                    counts,
                    files(json),
                    past(json.path("past")));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
            throw damaged(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static List<Manifest.Part> files(JsonNode json) {
        var files = new ArrayList<Manifest.Part>();
        for (var file : json.path("files")) {
            files.add(new Manifest.Part(text(file, "name"), whole(file, "bytes"), text(file, "sha256")));
        }
        return files;
    }

    private static Manifest.@Nullable Past past(JsonNode json) {
        return json.isMissingNode()
                ? null
                : new Manifest.Past(
                        whole(json, "snapshot_term"),
                        whole(json, "snapshot_index"),
                        whole(json, "log_first"),
                        files(json));
    }

    private static BackupRefusedException damaged(String why, Throwable cause) {
        return new BackupRefusedException("the manifest of the backup is damaged: " + why, cause);
    }

    private static String text(JsonNode json, String field) {
        var value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("it has no text '" + field + "'");
        }
        return value.textValue();
    }

    private static long whole(JsonNode json, String field) {
        var value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("it has no whole number '" + field + "'");
        }
        return value.longValue();
    }
}
