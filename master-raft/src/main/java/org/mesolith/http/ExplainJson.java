package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.explain.Chain;
import org.mesolith.leader.explain.OfferExplanation;
import org.mesolith.leader.explain.Story;
import org.mesolith.leader.explain.Subjects;
import org.mesolith.model.AgentId;
import org.mesolith.model.Quantities;
import org.mesolith.model.QuantityLimits;
import org.mesolith.state.Registry;

/** Writes explanations. Amounts are in whole units: {@code "cpus": 2.5}. */
final class ExplainJson {
    /** Groups that are shown, the largest ones. */
    private static final int GROUPS_MAX = 500;

    private ExplainJson() {}

    /** @param names whether all agents of a group are named */
    static void offers(JsonGenerator json, OfferExplanation explanation, Registry registry, boolean names)
            throws IOException {
        json.writeStringField("framework", explanation.framework().value());
        json.writeStringField("framework_name", Subjects.name(registry, explanation.framework()));
        json.writeStringField("at", explanation.at().toString());
        json.writeNumberField("agents", explanation.agents());
        json.writeArrayFieldStart("roles");
        for (var role : explanation.roles()) {
            role(json, role);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("groups");
        int groups = 0;
        for (var group : explanation.groups()) {
            if (groups++ < GROUPS_MAX) {
                group(json, group, names);
            }
        }
        json.writeEndArray();
        json.writeNumberField("groups_left_out", Math.max(0, groups - GROUPS_MAX));
    }

    private static void role(JsonGenerator json, OfferExplanation.RoleStanding role) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role.role());
        json.writeNumberField("share", role.share());
        json.writeNumberField("weight", role.weight());
        quantities(json, "guarantee", role.guarantee());
        limits(json, "limit", role.limit());
        quantities(json, "consumed", role.consumed());
        json.writeEndObject();
    }

    private static void group(JsonGenerator json, OfferExplanation.Group group, boolean names) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", group.role());
        json.writeStringField("verdict", group.verdict());
        json.writeNumberField("agents", group.agents().size());
        json.writeStringField("reason", group.text());
        chain(json, group.example());
        if (names) {
            names(json, group.agents());
        }
        json.writeEndObject();
    }

    private static void names(JsonGenerator json, Collection<AgentId> agents) throws IOException {
        json.writeArrayFieldStart("names");
        for (var agent : agents) {
            json.writeString(agent.value());
        }
        json.writeEndArray();
    }

    private static void chain(JsonGenerator json, @Nullable Chain chain) throws IOException {
        if (chain == null) {
            json.writeNullField("example");
            return;
        }
        json.writeObjectFieldStart("example");
        json.writeStringField("agent", chain.agent().value());
        json.writeBooleanField("flips", chain.flips());
        json.writeArrayFieldStart("blockers");
        for (var blocker : chain.blockers()) {
            json.writeStartObject();
            json.writeStringField("verdict", blocker.verdict());
            json.writeStringField("reason", blocker.text());
            var change = blocker.change();
            JsonText.text(json, "change", change == null ? null : change.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void story(JsonGenerator json, Story story) throws IOException {
        json.writeStringField("subject", story.subject());
        json.writeStringField("state", story.state());
        json.writeArrayFieldStart("because");
        for (var sentence : story.because()) {
            json.writeString(sentence);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("facts");
        for (var fact : story.facts().entrySet()) {
            json.writeStringField(fact.getKey(), fact.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("items");
        for (var item : story.items()) {
            json.writeStartObject();
            json.writeStringField("kind", item.kind());
            json.writeStringField("name", item.name());
            json.writeStringField("owner", item.owner());
            json.writeStringField("text", item.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("items_left_out", story.itemsLeftOut());
    }

    static void limits(JsonGenerator json, String field, QuantityLimits limits) throws IOException {
        json.writeObjectFieldStart(field);
        for (var limit : limits.milliByName().entrySet()) {
            json.writeNumberField(limit.getKey(), limit.getValue() / 1_000.0);
        }
        json.writeEndObject();
    }

    static void quantities(JsonGenerator json, String field, Quantities quantities) throws IOException {
        json.writeObjectFieldStart(field);
        for (var name : quantities.names()) {
            json.writeNumberField(name, quantities.milli(name) / 1_000.0);
        }
        json.writeEndObject();
    }
}
