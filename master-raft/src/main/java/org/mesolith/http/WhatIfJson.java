package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.mesolith.leader.explain.Subjects;
import org.mesolith.leader.explain.WhatIf;
import org.mesolith.state.Registry;

/** Writes forecasts. Amounts are in whole units. */
final class WhatIfJson {
    private WhatIfJson() {}

    static void write(JsonGenerator json, WhatIf answer, Registry registry) throws IOException {
        json.writeStringField("at", answer.at().toString());
        json.writeArrayFieldStart("roles");
        for (var line : answer.roles()) {
            role(json, line);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("frameworks");
        for (var line : answer.frameworks()) {
            json.writeStartObject();
            json.writeStringField("framework", line.framework().value());
            json.writeStringField("name", Subjects.name(registry, line.framework()));
            json.writeStringField("fate", line.fate().name());
            ExplainJson.quantities(json, "before", line.before());
            ExplainJson.quantities(json, "after", line.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("guarantees");
        for (var line : answer.guarantees()) {
            guarantee(json, line);
        }
        json.writeEndArray();
        ExplainJson.quantities(json, "unused_before", answer.unusedBefore());
        ExplainJson.quantities(json, "unused_after", answer.unusedAfter());
        json.writeArrayFieldStart("remarks");
        for (var remark : answer.remarks()) {
            json.writeString(remark);
        }
        json.writeEndArray();
    }

    private static void role(JsonGenerator json, WhatIf.RoleLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", line.role());
        json.writeStringField("fate", line.fate().name());
        json.writeNumberField("weight_before", line.weightBefore());
        json.writeNumberField("weight_after", line.weightAfter());
        json.writeNumberField("share_now", line.shareNow());
        json.writeNumberField("share_before", line.shareBefore());
        json.writeNumberField("share_after", line.shareAfter());
        ExplainJson.quantities(json, "before", line.before());
        ExplainJson.quantities(json, "after", line.after());
        json.writeEndObject();
    }

    private static void guarantee(JsonGenerator json, WhatIf.GuaranteeLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", line.role());
        json.writeBooleanField("holds", line.lacking().isEmpty());
        ExplainJson.quantities(json, "guarantee", line.guarantee());
        ExplainJson.limits(json, "limit", line.limit());
        ExplainJson.quantities(json, "consumed", line.consumed());
        ExplainJson.quantities(json, "lacking", line.lacking());
        ExplainJson.quantities(json, "over_limit", line.over());
        json.writeStringField("why", line.text());
        json.writeEndObject();
    }
}
