package org.mesolith.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import org.mesolith.log.MemberAddress;
import org.mesolith.log.Restoring;

/** The plan of a restore as JSON and back: what the command sends to each member, and what each member keeps. */
public final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    /** The bytes of a plan. */
    public static byte[] write(RestorePlan plan) {
        var bytes = new ByteArrayOutputStream();
        try (var json = MAPPER.createGenerator(bytes)) {
            write(json, plan);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes it as one object. */
    public static void write(JsonGenerator json, RestorePlan plan) throws IOException {
        var group = plan.group();
        json.writeStartObject();
        json.writeStringField("group_id", group.groupId());
        json.writeNumberField("epoch", group.epoch());
        json.writeStringField("epoch_id", Long.toHexString(group.epochId()));
        json.writeArrayFieldStart("members");
        for (var member : group.founders()) {
            json.writeStartObject();
            json.writeStringField("id", member.member());
            json.writeStringField("host", member.host());
            json.writeNumberField("raft_port", member.raftPort());
            json.writeNumberField("http_port", member.httpPort());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("manifest");
        ManifestJson.write(json, plan.manifest());
        json.writeEndObject();
    }

    /**
     * Reads one.
     *
     * @throws BackupRefusedException when it is none
     */
    public static RestorePlan read(byte[] bytes) throws BackupRefusedException {
        try {
            return read(MAPPER.readTree(bytes));
        } catch (BackupRefusedException refused) {
            throw refused;
        } catch (IOException notJson) {
            throw new BackupRefusedException("the plan of a restore is not JSON: " + notJson.getMessage(), notJson);
        }
    }

    /** The same from a document that was read already. */
    public static RestorePlan read(JsonNode json) throws BackupRefusedException {
        var manifest = ManifestJson.read(json.path("manifest"));
        try {
            var members = new ArrayList<MemberAddress>();
            for (var member : json.path("members")) {
                members.add(new MemberAddress(
                        member.path("id").asText(),
                        member.path("host").asText(),
                        member.path("raft_port").asInt(),
                        member.path("http_port").asInt()));
            }
            return new RestorePlan(
                    manifest,
                    new Restoring.Plan(
                            json.path("group_id").asText(),
                            members,
                            json.path("epoch").asLong(),
                            Long.parseUnsignedLong(json.path("epoch_id").asText(), 16),
                            manifest.term(),
                            manifest.index(),
                            manifest.digestBits()));
        } catch (IllegalArgumentException wrong) {
            throw new BackupRefusedException("the plan of the restore cannot be: " + wrong.getMessage(), wrong);
        }
    }
}
