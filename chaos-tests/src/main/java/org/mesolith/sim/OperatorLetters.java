package org.mesolith.sim;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.OperatorClientCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;
import org.mesolith.model.AgentId;
import org.mesolith.model.Declarable;
import org.mesolith.model.Milli;
import org.mesolith.model.Reservation;
import org.mesolith.model.ReservationKey;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;

/**
 * Calls of operators as they travel: those of the v1 API in both encodings by turns, those about plans to empty agents
 * on their own paths.
 */
final class OperatorLetters {
    private final OperatorClientCodec codec = new OperatorClientCodec(CodecLimits.DEFAULT);
    private long sent;

    /** The call under this key. */
    Parcel.Call of(OperatorCall wish, String key) {
        long number = ++sent;
        return switch (wish) {
            case OperatorCall.PlanDrain plan -> json(number, "/drain", text(plan), key);
            case OperatorCall.SteerDrain(long plan, var turn) ->
                json(
                        number,
                        "/drain/steer",
                        "{\"id\":\"D" + plan + "\",\"wish\":\"" + turn.name().toLowerCase(Locale.ROOT) + "\"}",
                        key);
            case OperatorCall.ReserveAgents(var agents, var resources, var words) ->
                json(
                        number,
                        "/reservations",
                        "{\"agents\":" + ids(agents) + reserved(resources) + said(words) + "}",
                        key);
            case OperatorCall.NoteReservations(var keys, var words) ->
                json(number, "/reservations/note", "{\"reservations\":" + keys(keys) + said(words) + "}", key);
            case OperatorCall.ReleaseReservations(var keys) ->
                json(number, "/reservations/release", "{\"reservations\":" + keys(keys) + "}", key);
            case OperatorCall.Declare declare -> json(number, "/declarations/apply", text(declare), key);
            default -> {
                var type = number % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
                yield new Parcel.Call(number, "/api/v1", type, codec.encode(type, wish), null, key);
            }
        };
    }

    private static Parcel.Call json(long number, String path, String text, String key) {
        return new Parcel.Call(number, path, Encoding.JSON, text.getBytes(StandardCharsets.UTF_8), null, key);
    }

    private static String ids(List<AgentId> agents) {
        return agents.stream().map(agent -> "\"" + agent + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /** What is reserved has one level here, without labels. */
    private static String reserved(Resources resources) {
        return level(resources.get(0).reservations().getLast()) + ",\"resources\":\"" + resources.toUnreserved() + "\"";
    }

    private static String level(Reservation level) {
        var principal = level.principal();
        return ",\"role\":\"" + level.role() + "\"" + (principal == null ? "" : ",\"principal\":\"" + principal + "\"");
    }

    private static String keys(List<ReservationKey> keys) {
        return keys.stream()
                .map(key -> "{\"agent\":\"" + key.agent() + "\",\"stack\":"
                        + key.stack().stream()
                                .map(one -> "{\"type\":\"" + (one.isDynamic() ? "DYNAMIC" : "STATIC") + "\""
                                        + level(one) + "}")
                                .collect(Collectors.joining(",", "[", "]"))
                        + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String said(ReservationWish words) {
        var expires = words.expires();
        return (words.owner() == null ? "" : ",\"owner\":\"" + words.owner() + "\"")
                + (words.purpose() == null ? "" : ",\"purpose\":\"" + words.purpose() + "\"")
                + (words.sets() ? ",\"expires\":" + (expires == null ? "null" : "\"" + expires + "\"") : "");
    }

    /** Weights and quotas are declared here, no more. */
    private static String text(OperatorCall.Declare declare) {
        return "{\"name\":\"" + declare.name() + "\",\"kind\":\""
                + declare.kind().text() + "\",\"revision\":" + declare.revision() + ",\"changes\":"
                + declare.changes().stream()
                        .map(change ->
                                "{\"seen\":" + text(change.seen()) + ",\"wanted\":" + text(change.wanted()) + "}")
                        .collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String text(@Nullable Declarable object) {
        return switch (object) {
            case null -> "null";
            case Declarable.OfWeight(var weight) ->
                "{\"role\":\"" + weight.role() + "\",\"weight\":" + weight.value() + "}";
            case Declarable.OfQuota(var quota) -> {
                var guarantees = new TreeMap<String, Long>();
                quota.guarantees()
                        .names()
                        .forEach(name -> guarantees.put(name, quota.guarantees().milli(name)));
                yield "{\"role\":\"" + quota.role() + "\",\"guarantees\":" + amounts(guarantees) + ",\"limits\":"
                        + amounts(quota.limits().milliByName()) + "}";
            }
            case Declarable.OfReservation _, Declarable.OfWindow _ ->
                throw new IllegalArgumentException("not declared here: " + object);
        };
    }

    private static String amounts(SortedMap<String, Long> milliByName) {
        return milliByName.entrySet().stream()
                .map(amount -> "\"" + amount.getKey() + "\":" + Milli.text(amount.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(OperatorCall.PlanDrain plan) {
        var text = new StringBuilder(
                "{\"agents\":" + ids(plan.agents()) + ",\"max_unavailable\":" + plan.maxUnavailable());
        var grace = plan.maxGrace();
        if (grace != null) {
            text.append(",\"grace_seconds\":").append(grace.toSeconds());
        }
        var deadline = plan.deadline();
        if (deadline != null) {
            text.append(",\"deadline\":\"").append(deadline).append('"');
        }
        return text.append('}').toString();
    }
}
