package org.mesolith.cli.command.reservation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.mesolith.cli.client.JsonObject;
import org.mesolith.cli.client.Operator;
import org.mesolith.cli.command.SpanText;
import org.mesolith.cli.render.Texts;

/**
 * One reservation of one agent, as the leader shows it with what is written down of it.
 *
 * @param json as one of the list of {@code GET /reservations}
 */
record Booking(JsonObject json) {
    static final String PATH = "/reservations";

    /** All that the caller may see, by agent. */
    static List<Booking> all(Operator operator) {
        return operator.page(PATH).objects("reservations").stream()
                .map(Booking::new)
                .toList();
    }

    String agent() {
        return json.text("agent_id");
    }

    String host() {
        return json.text("hostname");
    }

    String role() {
        return json.text("role");
    }

    String principal() {
        return json.text("principal");
    }

    /** Role, principal and labels: {@code ads@ops#key=value}. */
    String name() {
        var labels = new StringJoiner(",");
        List<JsonObject> stack = json.objects("stack");
        if (!stack.isEmpty()) {
            for (JsonObject label : stack.getLast().objects("labels.labels")) {
                labels.add(label.has("value") ? label.text("key") + "=" + label.text("value") : label.text("key"));
            }
        }
        return role() + (principal().isEmpty() ? "" : "@" + principal()) + (labels.length() == 0 ? "" : "#" + labels);
    }

    boolean isDynamic() {
        return json.isTrue("dynamic");
    }

    /** For this role or one below it. */
    boolean isOf(String wanted) {
        return role().equals(wanted) || role().startsWith(wanted + "/");
    }

    /** On an agent whose id begins or ends so, or whose host name it is. */
    boolean isOn(String name) {
        return agent().startsWith(name) || agent().endsWith(name) || host().equals(name);
    }

    List<String> volumes() {
        return json.texts("volumes");
    }

    List<String> users() {
        return json.texts("users");
    }

    /** Whether tasks or executors have something of it. */
    boolean isUsed() {
        return !users().isEmpty();
    }

    boolean isOrphan() {
        return json.isTrue("orphan");
    }

    /** Null when it is none, or nobody knows since when. */
    @Nullable
    Instant orphanSince() {
        return time("orphan_since");
    }

    /** Without a framework for so long; where nobody knows since when, for long. */
    boolean isOrphanFor(Duration span, Instant now) {
        var since = orphanSince();
        return isOrphan() && (since == null || !since.plus(span).isAfter(now));
    }

    @Nullable
    Instant expires() {
        return time("expires");
    }

    @Nullable
    Instant made() {
        return time("made");
    }

    boolean isOver(Instant now) {
        var expires = expires();
        return expires != null && !expires.isAfter(now);
    }

    private @Nullable Instant time(String name) {
        var text = json.text(name);
        return text.isEmpty() ? null : Instant.parse(text);
    }

    /** {@code cpus:4 mem:8192}. */
    String amounts() {
        return amounts(json.object("amounts"));
    }

    static String amounts(JsonObject byName) {
        var parts = new ArrayList<String>();
        for (String name : byName.fields().keySet()) {
            parts.add(name + ":" + Texts.decimal(byName.number(name, 0)) + unit(name));
        }
        return String.join(" ", parts);
    }

    private static String unit(String name) {
        return name.equals("mem") || name.equals("disk") ? "MB" : "";
    }

    /** {@code free}, {@code used}, {@code expired}, {@code orphan}, {@code static}, {@code away}. */
    String state(Instant now) {
        if (!json.isTrue("registered")) {
            return "away";
        }
        String use = isUsed() ? "used" : !volumes().isEmpty() ? "volume" : "free";
        if (isOver(now)) {
            return "expired " + use;
        }
        return isOrphan() ? "orphan " + use : use;
    }

    /** What is left of it and why, for one that is over or that nobody needs; empty otherwise. */
    String explanation(Instant now) {
        var why = new ArrayList<String>();
        if (isOver(now)) {
            why.add("expired " + SpanText.ago(expires(), now));
        }
        if (isOrphan()) {
            var since = orphanSince();
            why.add("no framework has the role " + role() + " or one below it"
                    + (since == null ? "; since when is not known" : " since " + SpanText.ago(since, now)));
        }
        if (why.isEmpty()) {
            return "";
        }
        if (isUsed()) {
            why.add("still used by " + String.join(", ", users()));
        }
        if (!volumes().isEmpty()) {
            why.add("volumes " + String.join(", ", volumes()) + " are made of it");
        }
        if (!isDynamic()) {
            why.add("static: it belongs to the agent's --resources");
        }
        return String.join("; ", why);
    }

    /** As calls about reservations name it. */
    JsonObject key() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("agent", agent());
        fields.put("stack", json.objects("stack"));
        return new JsonObject(fields);
    }
}
