package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.mesolith.api.FrameworkView;
import org.mesolith.api.OperatorReply;
import org.mesolith.api.TaskView;
import org.mesolith.codec.v1.ConstraintCodec;
import org.mesolith.codec.v1.FrameworkCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.FrameworkCapability;
import org.mesolith.model.Offer;
import org.mesolith.proto.gen.v1.FrameworkInfo;

/** Frameworks, with or without what they run. */
final class FrameworkTrees {
    private FrameworkTrees() {}

    /** What every list of frameworks shows; more fields may follow. */
    static void summary(JsonGenerator json, FrameworkView view, FrameworkInfo info) throws IOException {
        json.writeStringField("id", view.id().value());
        json.writeStringField("name", info.getName());
        Amounts.summary(json, "used_resources", view.allocated());
        Amounts.summary(json, "offered_resources", view.offered());
        json.writeArrayFieldStart("capabilities");
        for (var capability : info.getCapabilitiesList()) {
            if (capability.hasType()) {
                json.writeString(capability.getType().name());
            }
        }
        json.writeEndArray();
        json.writeStringField("hostname", info.getHostname());
        json.writeStringField("webui_url", info.getWebuiUrl());
        json.writeBooleanField("active", view.active());
        json.writeBooleanField("connected", view.connected());
        json.writeBooleanField("recovered", view.recovered());
    }

    static FrameworkInfo info(FrameworkView view) {
        return FrameworkCodec.encode(view.info().withId(view.id()));
    }

    static void write(JsonGenerator json, FrameworkView view, TasksOf tasks, OperatorReply.Executors executors)
            throws IOException {
        var info = info(view);
        json.writeStartObject();
        summary(json, view, info);
        identity(json, view, info);
        Amounts.summary(json, "resources", view.allocated().plus(view.offered()));
        if (view.reregistered() != null && !view.reregistered().equals(view.registered())) {
            json.writeNumberField("reregistered_time", Times.seconds(view.reregistered()));
        }
        roles(json, view);
        tasks(json, "tasks", tasks.active());
        tasks(json, "unreachable_tasks", tasks.unreachable());
        tasks(json, "completed_tasks", tasks.completed());
        json.writeArrayFieldStart("offers");
        for (var offer : view.offers()) {
            offer(json, offer);
        }
        json.writeEndArray();
        executors(json, view, executors);
        if (info.hasLabels()) {
            Messages.labels(json, info.getLabels());
        }
        Messages.field(json, "offer_constraints", ConstraintCodec.encode(view.constraints()));
        json.writeEndObject();
    }

    /** Those of this framework; each is its ExecutorInfo, and where it runs. */
    private static void executors(JsonGenerator json, FrameworkView view, OperatorReply.Executors executors)
            throws IOException {
        json.writeArrayFieldStart("executors");
        for (var executor : executors.executors()) {
            if (executor.framework().equals(view.id())) {
                ExecutorTrees.write(json, executor);
            }
        }
        json.writeEndArray();
    }

    private static void identity(JsonGenerator json, FrameworkView view, FrameworkInfo info) throws IOException {
        json.writeStringField("user", info.getUser());
        json.writeNumberField("failover_timeout", info.getFailoverTimeout());
        json.writeBooleanField("checkpoint", info.getCheckpoint());
        json.writeNumberField("registered_time", Times.seconds(view.registered()));
        json.writeNumberField(
                "unregistered_time", view.unregistered() == null ? 0.0 : Times.seconds(view.unregistered()));
        if (info.hasPrincipal()) {
            json.writeStringField("principal", info.getPrincipal());
        }
    }

    private static void roles(JsonGenerator json, FrameworkView view) throws IOException {
        if (view.info().has(FrameworkCapability.MULTI_ROLE)) {
            json.writeArrayFieldStart("roles");
            for (var role : view.info().roles()) {
                json.writeString(role);
            }
            json.writeEndArray();
        } else {
            json.writeStringField("role", view.info().roles().getFirst());
        }
    }

    private static void tasks(JsonGenerator json, String key, Iterable<TaskView> tasks) throws IOException {
        json.writeArrayFieldStart(key);
        for (var task : tasks) {
            TaskTrees.write(json, task);
        }
        json.writeEndArray();
    }

    private static void offer(JsonGenerator json, Offer offer) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", offer.id().value());
        json.writeStringField("framework_id", offer.framework().value());
        json.writeObjectFieldStart("allocation_info");
        json.writeStringField("role", offer.role());
        json.writeEndObject();
        json.writeStringField("slave_id", offer.agent().value());
        Amounts.summary(json, "resources", offer.resources());
        json.writeEndObject();
    }
}
