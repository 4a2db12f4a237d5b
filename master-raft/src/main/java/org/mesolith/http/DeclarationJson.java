package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.leader.preview.DeclarationPlan;
import org.mesolith.model.Declarable;
import org.mesolith.model.MalformedTextException;
import org.mesolith.model.Milli;
import org.mesolith.model.Quota;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.state.check.DeclarationChecks;
import org.mesolith.state.row.DeclarationRow;

/** Declarations and what they speak of as JSON; {@link DeclarationBody} reads the objects back. */
final class DeclarationJson {
    private DeclarationJson() {}

    /** Whether {@link DeclarationBody} makes the same object of it: not of disks with data of a provider. */
    static boolean isReadBack(Declarable object) {
        if (!(object instanceof Declarable.OfReservation(var _, var _, var amounts))) {
            return true;
        }
        try {
            return Resources.parse(amounts.toString()).equals(amounts);
        } catch (MalformedTextException odd) {
            return false;
        }
    }

    static void object(JsonGenerator json, @Nullable Declarable object) throws IOException {
        switch (object) {
            case null -> json.writeNull();
            case Declarable.OfWeight(var weight) -> {
                json.writeStartObject();
                json.writeStringField("role", weight.role());
                json.writeNumberField("weight", weight.value());
                json.writeEndObject();
            }
            case Declarable.OfQuota(var quota) -> quota(json, quota);
            case Declarable.OfReservation reservation -> reservation(json, reservation);
            case Declarable.OfWindow(var window) -> {
                json.writeStartObject();
                json.writeArrayFieldStart("machines");
                for (var machine : window.machines()) {
                    json.writeStartObject();
                    json.writeStringField("hostname", machine.hostname());
                    json.writeStringField("ip", machine.ip());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeStringField("start", window.unavailability().start().toString());
                var duration = window.unavailability().duration();
                JsonText.text(json, "duration", duration == null ? null : duration.toString());
                json.writeEndObject();
            }
        }
    }

    private static void quota(JsonGenerator json, Quota quota) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", quota.role());
        json.writeObjectFieldStart("guarantees");
        for (var name : quota.guarantees().names()) {
            amount(json, name, quota.guarantees().milli(name));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("limits");
        for (var limit : quota.limits().milliByName().entrySet()) {
            amount(json, limit.getKey(), limit.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void amount(JsonGenerator json, String name, long milli) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(Milli.text(milli));
    }

    private static void reservation(JsonGenerator json, Declarable.OfReservation reservation) throws IOException {
        json.writeStartObject();
        json.writeStringField("agent", reservation.agent().value());
        json.writeArrayFieldStart("stack");
        for (var level : reservation.stack()) {
            level(json, level);
        }
        json.writeEndArray();
        json.writeStringField("amounts", reservation.amounts().toString());
        json.writeEndObject();
    }

    private static void level(JsonGenerator json, Reservation level) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", level.role());
        JsonText.text(json, "principal", level.principal());
        json.writeArrayFieldStart("labels");
        for (var label : level.labels().labels()) {
            json.writeStartObject();
            json.writeStringField("key", label.key());
            JsonText.text(json, "value", label.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("static", !level.isDynamic());
        json.writeEndObject();
    }

    /** {@code changes} of a part is what {@code /declarations/apply} takes, as it was compared. */
    static void plan(JsonGenerator json, DeclarationPlan plan) throws IOException {
        json.writeStringField("name", plan.name());
        json.writeArrayFieldStart("parts");
        for (var part : plan.parts()) {
            json.writeStartObject();
            json.writeStringField("kind", part.kind().text());
            json.writeNumberField("revision", part.revision());
            json.writeBooleanField("due", part.due());
            json.writeBooleanField("changing", part.isChanging());
            JsonText.text(json, "problem", part.problem());
            json.writeArrayFieldStart("steps");
            for (var step : part.steps()) {
                var change = step.change();
                json.writeStartObject();
                json.writeStringField("action", step.action().name().toLowerCase(Locale.ROOT));
                json.writeStringField("key", change.object().key());
                json.writeStringField("seen", DeclarationChecks.content(change.seen()));
                json.writeStringField("wanted", DeclarationChecks.content(change.wanted()));
                JsonText.text(json, "declared", step.declared());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("changes");
            for (var step : part.steps()) {
                json.writeStartObject();
                json.writeFieldName("seen");
                object(json, step.change().seen());
                json.writeFieldName("wanted");
                object(json, step.change().wanted());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void row(JsonGenerator json, DeclarationRow row, boolean objectsToo) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.name());
        json.writeStringField("kind", row.kind().text());
        json.writeNumberField("revision", row.revision());
        json.writeStringField("at", row.at().toString());
        json.writeStringField("principal", row.principal());
        json.writeNumberField("count", row.objects().size());
        if (objectsToo) {
            json.writeObjectFieldStart("objects");
            for (var object : row.objects().entrySet()) {
                json.writeStringField(object.getKey(), object.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Every role that something in the cluster names. */
    static SortedSet<String> roles(Registry registry) {
        var roles = new TreeSet<String>();
        registry.weights().forEach(weight -> roles.add(weight.role()));
        registry.quotas().forEach(quota -> roles.add(quota.role()));
        registry.frameworks().forEach(framework -> roles.addAll(framework.info().roles()));
        registry.agents()
                .forEach(agent -> roles.addAll(agent.total().byReservedRole().keySet()));
        registry.allocatedRoles().forEach(roles::add);
        return roles;
    }
}
