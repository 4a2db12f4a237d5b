package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.mesolith.leader.explain.Unwanted;

/** The page of Mesos about what frameworks do not want to be offered. */
final class ConstraintsJson {
    private ConstraintsJson() {}

    static void write(JsonGenerator json, List<Unwanted> frameworks) throws IOException {
        json.writeObjectFieldStart("frameworks");
        for (var framework : frameworks) {
            json.writeObjectFieldStart(framework.framework().value());
            json.writeArrayFieldStart("suppressed_roles");
            for (var role : framework.suppressed()) {
                json.writeString(role);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("excluded_by_attribute_constraints");
            for (var role : framework.excluded().entrySet()) {
                json.writeArrayFieldStart(role.getKey());
                for (var agent : role.getValue()) {
                    json.writeString(agent.value());
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
