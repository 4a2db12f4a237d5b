package org.mesolith.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.api.OperatorCall;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.legacy.LegacyCalls;
import org.mesolith.http.CallPath.Who;
import org.mesolith.leader.LeaderCalls;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * What tools from before the v1 API post: forms and JSON, each the same as a call of that API and performed as such.
 * Their content type is not looked at, as in Mesos.
 */
final class LegacyWrites {
    private static final String QUOTA = "/quota";

    private final LeaderCalls leader;
    private final LegacyCalls calls;
    private final Gate gate;

    LegacyWrites(LeaderCalls leader, LegacyCalls calls, Gate gate) {
        this.leader = leader;
        this.calls = calls;
        this.gate = gate;
    }

    /** Whether this method writes on this path. */
    static boolean takes(HttpRequest request, String path) {
        var method = request.method();
        return switch (path) {
            case "/reserve", "/unreserve", "/create-volumes", "/destroy-volumes", "/teardown" -> true;
            case "/machine/down", "/machine/up" -> true;
            case "/weights", QUOTA, "/maintenance/schedule" -> !method.equals("GET") && !method.equals("HEAD");
            default -> path.startsWith(QUOTA + "/");
        };
    }

    /** The method that a path wants. */
    private static String method(String path) {
        return path.equals("/weights") ? "PUT" : path.startsWith(QUOTA + "/") ? "DELETE" : "POST";
    }

    HttpAnswer answer(HttpRequest request, String path) throws InterruptedException {
        return switch (gate.who(request, Realm.OPERATOR)) {
            case Who.Refused(var answer) -> answer;
            case Who.Passed(var principal) -> {
                var elsewhere = Problems.unlessLeading(leader.standing(), request);
                yield elsewhere != null ? elsewhere : perform(request, path, principal);
            }
        };
    }

    private HttpAnswer perform(HttpRequest request, String path, @Nullable String principal)
            throws InterruptedException {
        var method = method(path);
        if (!request.method().equals(method)) {
            var allowed = path.equals("/weights") || path.equals(QUOTA) || path.equals("/maintenance/schedule")
                    ? "GET, " + method
                    : method;
            return HttpAnswer.text(405, "Expecting one of { " + allowed + " }, but received '" + request.method() + "'")
                    .with("Allow", allowed);
        }
        var caller = CallPath.caller(request, principal);
        if (caller == null) {
            return CallPath.badRequestKey();
        }
        return switch (read(request, path)) {
            case Decoded.Refused<OperatorCall> refused -> Problems.badRequest(refused.text());
            case Decoded.Ok<OperatorCall>(var call) ->
                switch (ScheduleTag.of(request, call)) {
                    case ScheduleTag.Expected.Refused(var why) -> Problems.badRequest(why);
                    case ScheduleTag.Expected.Call(var whole) ->
                        Problems.of(leader.ask(whole, caller, request.deadline().remaining()), request);
                };
        };
    }

    private Decoded<OperatorCall> read(HttpRequest request, String path) {
        var body = request.body().utf8();
        return switch (path) {
            case "/weights" -> calls.weights(body);
            case QUOTA -> calls.quota(body);
            case "/maintenance/schedule" -> calls.schedule(body);
            case "/machine/down" -> calls.down(body);
            case "/machine/up" -> calls.up(body);
            case "/teardown" -> form(body).then(calls::teardown);
            case "/reserve", "/unreserve", "/create-volumes", "/destroy-volumes" ->
                form(body).then(form -> calls.operation(path, form));
            default -> new Decoded.Ok<>(new OperatorCall.RemoveQuota(path.substring(QUOTA.length() + 1)));
        };
    }

    /** {@code a=b&c=d}, URL-encoded; the last one of a name counts. */
    private static Decoded<Map<String, String>> form(String body) {
        var form = new TreeMap<String, String>();
        for (var pair : body.strip().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    form.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException wrong) {
                    return Decoded.refused("the form is not URL-encoded: " + wrong.getMessage());
                }
            }
        }
        return new Decoded.Ok<>(form);
    }
}
