package org.mesolith.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.Milli;
import org.mesolith.model.Reservation;
import org.mesolith.model.Resources;
import org.mesolith.state.Registry;
import org.mesolith.view.ReservationPlan;
import org.mesolith.view.ReservationView;

/** Reservations, and where there would be room for one, as JSON. */
final class ReservationsJson {
    private ReservationsJson() {}

    static void all(JsonGenerator json, List<ReservationView> views, Registry registry) throws IOException {
        json.writeNumberField("feature_level", registry.featureLevel().number());
        json.writeStringField("time", registry.time().toString());
        json.writeArrayFieldStart("reservations");
        for (var view : views) {
            one(json, view);
        }
        json.writeEndArray();
    }

    private static void one(JsonGenerator json, ReservationView view) throws IOException {
        var key = view.key();
        var note = view.note();
        json.writeStartObject();
        json.writeStringField("agent_id", key.agent().value());
        json.writeStringField("hostname", view.host());
        json.writeBooleanField("registered", view.registered());
        json.writeStringField("role", key.role());
        json.writeBooleanField("dynamic", key.isDynamic());
        JsonText.text(json, "principal", key.principal());
        json.writeArrayFieldStart("stack");
        for (var level : key.stack()) {
            level(json, level);
        }
        json.writeEndArray();
        amounts(json, "amounts", view.resources());
        amounts(json, "used", view.used());
        texts(json, "volumes", view.volumes());
        texts(json, "users", view.users());
        json.writeStringField("owner", note == null ? "" : note.owner());
        json.writeStringField("purpose", note == null ? "" : note.purpose());
        time(json, "expires", note == null ? null : note.expires());
        time(json, "expired", note == null ? null : note.expiredAt());
        time(json, "made", note == null ? null : note.madeAt());
        time(json, "noted", note == null ? null : note.notedAt());
        json.writeBooleanField("orphan", view.orphan());
        time(json, "orphan_since", view.orphanSince());
        json.writeEndObject();
    }

    private static void level(JsonGenerator json, Reservation level) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", level.isDynamic() ? "DYNAMIC" : "STATIC");
        json.writeStringField("role", level.role());
        if (level.principal() != null) {
            json.writeStringField("principal", level.principal());
        }
        if (!level.labels().isEmpty()) {
            json.writeObjectFieldStart("labels");
            json.writeArrayFieldStart("labels");
            for (var label : level.labels().labels()) {
                json.writeStartObject();
                json.writeStringField("key", label.key());
                if (label.value() != null) {
                    json.writeStringField("value", label.value());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Scalars as numbers, ports as how many there are, sets as how many. */
    private static void amounts(JsonGenerator json, String name, Resources resources) throws IOException {
        json.writeObjectFieldStart(name);
        resources.quantities().forEach((resource, milli) -> {
            try {
                json.writeNumberField(resource, (double) milli / Milli.ONE);
            } catch (IOException impossible) {
                throw new UncheckedIOException("writing to memory failed", impossible);
            }
        });
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void time(JsonGenerator json, String name, @Nullable Instant time) throws IOException {
        JsonText.text(json, name, time == null ? null : time.toString());
    }

    static void plan(JsonGenerator json, ReservationPlan plan) throws IOException {
        JsonText.text(json, "problem", plan.problem());
        json.writeNumberField("candidates", plan.candidates());
        json.writeNumberField("in_use", plan.agents());
        json.writeArrayFieldStart("agents");
        for (var pick : plan.picks()) {
            json.writeStartObject();
            json.writeStringField("id", pick.agent().value());
            json.writeStringField("host", pick.host());
            json.writeStringField("place", pick.place());
            amounts(json, "free", pick.free());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("places");
        for (var place : plan.places()) {
            json.writeStartObject();
            json.writeStringField("name", place.name());
            json.writeNumberField("candidates", place.candidates());
            json.writeNumberField("chosen", place.chosen());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lacking");
        for (var lack : plan.lacks()) {
            json.writeStartObject();
            json.writeStringField("id", lack.agent().value());
            json.writeStringField("host", lack.host());
            json.writeStringField("text", lack.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
