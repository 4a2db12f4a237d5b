package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.explain.DrainOutlook;
import org.mesolith.leader.explain.Subjects;
import org.mesolith.model.Quantities;
import org.mesolith.state.Registry;
import org.mesolith.state.row.DrainPlan;

/** Plans to empty agents, and what they would mean, as JSON. */
final class DrainJson {
    private DrainJson() {}

    static void outlook(JsonGenerator json, DrainOutlook outlook, Registry registry, @Nullable Long secondsMax)
            throws IOException {
        JsonText.text(json, "problem", outlook.problem());
        json.writeNumberField("batches", outlook.batches());
        if (secondsMax == null) {
            json.writeNullField("seconds_max");
        } else {
            json.writeNumberField("seconds_max", secondsMax);
        }
        json.writeArrayFieldStart("agents");
        for (var agent : outlook.agents()) {
            json.writeStartObject();
            json.writeStringField("id", agent.agent().value());
            json.writeStringField("host", agent.host());
            json.writeStringField("zone", agent.zone());
            json.writeNumberField("batch", agent.batch());
            json.writeNumberField("tasks", agent.tasks());
            json.writeNumberField("offers", agent.offers());
            json.writeNumberField("inverse_offers_open", agent.inverseOpen());
            json.writeNumberField("inverse_offers_answered", agent.inverseAnswers());
            json.writeArrayFieldStart("volumes");
            for (var volume : agent.volumes()) {
                json.writeStartObject();
                var disk = volume.disk();
                JsonText.text(json, "id", disk == null ? null : disk.persistenceId());
                JsonText.text(json, "role", volume.kind().reservedRole());
                json.writeNumberField("mb", volume.milli() / 1_000.0);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("tasks");
        for (var task : outlook.tasks()) {
            json.writeStartObject();
            json.writeStringField("id", task.task());
            json.writeStringField("name", task.name());
            json.writeStringField("framework", task.framework().value());
            json.writeStringField("framework_name", Subjects.name(registry, task.framework()));
            json.writeStringField("role", task.role());
            json.writeStringField("agent", task.agent().value());
            json.writeStringField("resources", task.resources().toString());
            json.writeBooleanField("single", task.single());
            json.writeNumberField("left_elsewhere", task.left());
            json.writeStringField("fate", task.fate().name().toLowerCase(Locale.ROOT));
            json.writeStringField("text", task.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("quota");
        for (var line : outlook.guarantees()) {
            json.writeStartObject();
            json.writeStringField("role", line.role());
            json.writeStringField("guarantee", text(line.guarantee()));
            json.writeStringField("lacking", text(line.lacking()));
            json.writeStringField("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("free_before", text(outlook.freeBefore()));
        json.writeStringField("free_after", text(outlook.freeAfter()));
        json.writeArrayFieldStart("remarks");
        for (var remark : outlook.remarks()) {
            json.writeString(remark);
        }
        json.writeEndArray();
    }

    private static String text(Quantities quantities) {
        return quantities.isEmpty() ? "" : quantities.toString();
    }

    /** As one element of a list. */
    static void plan(JsonGenerator json, DrainPlan plan, Registry registry) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", plan.id());
        json.writeStringField("state", plan.state().name().toLowerCase(Locale.ROOT));
        json.writeStringField("created", plan.createdAt().toString());
        json.writeStringField("principal", plan.principal());
        json.writeNumberField("max_unavailable", plan.maxUnavailable());
        var grace = plan.maxGrace();
        if (grace == null) {
            json.writeNullField("grace_seconds");
        } else {
            json.writeNumberField("grace_seconds", grace.toSeconds());
        }
        var deadline = plan.deadline();
        JsonText.text(json, "deadline", deadline == null ? null : deadline.toString());
        json.writeNumberField("batch", plan.batch());
        json.writeNumberField("batches", plan.batches());
        json.writeArrayFieldStart("agents");
        for (var part : plan.parts()) {
            var row = registry.agent(part.agent());
            json.writeStartObject();
            json.writeStringField("id", part.agent().value());
            json.writeStringField("host", row == null ? "" : row.info().hostname());
            json.writeNumberField("batch", part.batch());
            json.writeStringField("step", part.step().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("tasks", registry.tasksOfAgent(part.agent()).size());
            json.writeBooleanField("reachable", row != null && row.isRegistered());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
