package org.mesolith.sim;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.OperatorClientCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;

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
            default -> {
                var type = number % 2 == 0 ? Encoding.JSON : Encoding.PROTOBUF;
                yield new Parcel.Call(number, "/api/v1", type, codec.encode(type, wish), null, key);
            }
        };
    }

    private static Parcel.Call json(long number, String path, String text, String key) {
        return new Parcel.Call(number, path, Encoding.JSON, text.getBytes(StandardCharsets.UTF_8), null, key);
    }

    private static String text(OperatorCall.PlanDrain plan) {
        var agents =
                plan.agents().stream().map(agent -> "\"" + agent + "\"").collect(Collectors.joining(",", "[", "]"));
        var text = new StringBuilder("{\"agents\":" + agents + ",\"max_unavailable\":" + plan.maxUnavailable());
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
