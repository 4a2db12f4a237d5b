package org.mesolith.codec.legacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.AgentView;
import org.mesolith.api.OperatorReply.Agents.AgentInfoOf;
import org.mesolith.codec.v1.ResourceCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentCapability;
import org.mesolith.model.AgentId;
import org.mesolith.model.AgentInfo;
import org.mesolith.model.Resources;

/** Agents, which these endpoints call slaves. */
final class AgentTrees {
    private AgentTrees() {}

    /** Known from before the leader changed, and not heard since. */
    static void recovered(JsonGenerator json, AgentInfoOf agent) throws IOException {
        json.writeStartObject();
        head(json, agent.id(), agent.info());
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, AgentId id, AgentInfo info) throws IOException {
        json.writeStringField("id", id.value());
        json.writeStringField("hostname", info.hostname());
        json.writeNumberField("port", info.port());
        Amounts.attributes(json, info.attributes());
        if (info.domain() != null) {
            Amounts.domain(json, info.domain());
        }
    }

    /** All fields but the last brace: others may follow. */
    static void fields(JsonGenerator json, AgentView agent) throws IOException {
        head(json, agent.id(), agent.info());
        json.writeStringField("pid", agent.pid());
        json.writeNumberField("registered_time", Times.seconds(agent.registered()));
        if (agent.reregistered() != null) {
            json.writeNumberField("reregistered_time", Times.seconds(agent.reregistered()));
        }
        Amounts.summary(json, "resources", agent.total());
        Amounts.summary(json, "used_resources", agent.allocated());
        Amounts.summary(json, "offered_resources", agent.offered());
        Amounts.reserved(json, "reserved_resources", agent.total());
        Amounts.summary(json, "unreserved_resources", agent.total().unreserved());
        json.writeBooleanField("active", agent.active());
        json.writeBooleanField("deactivated", agent.deactivated());
        json.writeStringField("version", agent.info().version());
        json.writeArrayFieldStart("capabilities");
        for (AgentCapability capability : agent.info().capabilities()) {
            json.writeString(capability.name());
        }
        json.writeEndArray();
        if (agent.drain() != null) {
            drain(json, agent.drain());
        }
    }

    private static void drain(JsonGenerator json, AgentView.Drain drain) throws IOException {
        json.writeObjectFieldStart("drain_info");
        json.writeStringField("state", drain.drained() ? "DRAINED" : "DRAINING");
        json.writeFieldName("config");
        drainConfig(json, drain.maxGrace(), drain.markGone());
        json.writeEndObject();
        if (drain.begun() != null) {
            json.writeNumberField("estimated_drain_start_time_seconds", Times.seconds(drain.begun()));
        }
    }

    /** How an agent is emptied; {@code maxGrace} is null when each task keeps the time it asked for. */
    static void drainConfig(JsonGenerator json, @Nullable Duration maxGrace, boolean markGone) throws IOException {
        json.writeStartObject();
        if (maxGrace != null) {
            json.writeObjectFieldStart("max_grace_period");
            json.writeNumberField("nanoseconds", Times.nanos(maxGrace));
            json.writeEndObject();
        }
        json.writeBooleanField("mark_gone", markGone);
        json.writeEndObject();
    }

    /** Every resource of it with all that is known about it. */
    static void full(JsonGenerator json, AgentView agent) throws IOException {
        fullByRole(json, agent.total());
        resources(json, "used_resources_full", agent.allocated());
        resources(json, "offered_resources_full", agent.offered());
    }

    /** A total with all that is known about it: what is reserved by role, and the rest. */
    static void fullByRole(JsonGenerator json, Resources total) throws IOException {
        json.writeObjectFieldStart("reserved_resources_full");
        for (Map.Entry<String, Resources> role : total.byReservedRole().entrySet()) {
            resources(json, role.getKey(), role.getValue());
        }
        json.writeEndObject();
        resources(json, "unreserved_resources_full", total.unreserved());
    }

    private static void resources(JsonGenerator json, String key, Resources resources) throws IOException {
        json.writeArrayFieldStart(key);
        for (var resource : ResourceCodec.encode(resources, ResourceForm.SHOWN)) {
            Messages.write(json, resource);
        }
        json.writeEndArray();
    }
}
