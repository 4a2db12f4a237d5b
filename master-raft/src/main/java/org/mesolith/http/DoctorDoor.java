package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.mesolith.doctor.Examination;
import org.mesolith.doctor.Vitals;
import org.mesolith.wire.HttpAnswer;

/** {@code GET /doctor}: what this master thinks of itself. */
final class DoctorDoor {
    static final String PATH = "/doctor";

    private final RaftPage.Group group;

    DoctorDoor(RaftPage.Group group) {
        this.group = group;
    }

    HttpAnswer.Full show() {
        var found = group.examination();
        var self = group.status().self();
        return JsonText.page(200, json -> {
            json.writeObjectFieldStart("member");
            MemberJson.write(json, self);
            json.writeEndObject();
            json.writeStringField("at", found.at().toString());
            json.writeStringField("verdict", found.verdict().word());
            vitals(json, found.vitals());
            findings(json, found);
        });
    }

    private static void vitals(JsonGenerator json, Vitals vitals) throws IOException {
        json.writeObjectFieldStart("vitals");
        json.writeNumberField("flush_micros", vitals.flushMicros());
        json.writeNumberField("flush_max_micros", vitals.flushMicrosMax());
        json.writeNumberField("disk_free_bytes", vitals.freeBytes());
        json.writeNumberField("disk_total_bytes", vitals.totalBytes());
        json.writeNumberField("open_files", vitals.openFiles());
        json.writeNumberField("open_files_max", vitals.openFilesMax());
        json.writeNumberField("heap_bytes", vitals.heapBytes());
        json.writeNumberField("heap_max_bytes", vitals.heapBytesMax());
        json.writeNumberField("resident_bytes", vitals.residentBytes());
        json.writeNumberField("clock_jump_ms", vitals.clockJump().toMillis());
        json.writeEndObject();
    }

    private static void findings(JsonGenerator json, Examination found) throws IOException {
        json.writeArrayFieldStart("findings");
        for (var finding : found.findings()) {
            json.writeStartObject();
            json.writeStringField("check", finding.check());
            json.writeStringField("verdict", finding.verdict().word());
            json.writeStringField("what", finding.what());
            json.writeStringField("advice", finding.advice());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
