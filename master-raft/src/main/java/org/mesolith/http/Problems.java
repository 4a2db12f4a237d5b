package org.mesolith.http;

import org.jspecify.annotations.Nullable;
import org.mesolith.leader.Standing;
import org.mesolith.leader.event.Reply;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** What is answered when a call does not do what it should; every text says what, why, and what to do. */
final class Problems {
    /** Told when a call was not performed for want of a leader: nothing has happened, whoever repeats it is safe. */
    static final String NOT_PERFORMED = "Mesolith-Not-Performed";

    private Problems() {}

    /** Whether this says that there is no leader yet. */
    static boolean isTooEarly(HttpAnswer answer) {
        return answer.status() == 503 && answer.headers().first(NOT_PERFORMED).isPresent();
    }

    static HttpAnswer.Full badRequest(String text) {
        return HttpAnswer.text(400, text);
    }

    /** Turns how a call ended into an answer. */
    static HttpAnswer.Full of(Reply reply, HttpRequest request) {
        return switch (reply) {
            case Reply.Accepted() -> HttpAnswer.empty(202);
            case Reply.Done() -> HttpAnswer.empty(200);
            case Reply.Made(var id) -> JsonText.page(200, json -> json.writeStringField("id", id));
            case Reply.BadRequest(var text) -> HttpAnswer.text(400, text);
            case Reply.Forbidden(var text) -> HttpAnswer.text(403, text);
            case Reply.NotFound(var text) -> HttpAnswer.text(404, text);
            case Reply.Conflict(var text) -> HttpAnswer.text(409, text);
            case Reply.Changed(var text) -> HttpAnswer.text(412, text);
            case Reply.TooLarge(var text) -> HttpAnswer.text(413, text);
            case Reply.NotSupported(var text) -> HttpAnswer.text(501, text);
            case Reply.NotLeader(var address) -> redirect(address, request);
            case Reply.NotReady() -> notReady();
            case Reply.Busy(var text) -> later(text);
            case Reply.NoSpace(var text) -> HttpAnswer.text(507, text);
            case Reply.OutcomeUnknown() ->
                later("This master lost the lead while it worked on the call: the outcome is unknown; look before you"
                        + " repeat it.");
            case Reply.Late() ->
                HttpAnswer.text(
                        504, "No decision within the call's deadline; it may still happen: look before you repeat.");
        };
    }

    /** Null when this master leads and is ready; else where to go, or when to come again. */
    static HttpAnswer.@Nullable Full unlessLeading(Standing standing, HttpRequest request) {
        return switch (standing) {
            case Standing.Leading _ -> null;
            case Standing.Electing() -> notReady();
            case Standing.Following(var address) -> redirect(address, request);
        };
    }

    /** To the same path and query on the leader; the location has no scheme, as clients of Mesos expect. */
    static HttpAnswer.Full redirect(@Nullable String address, HttpRequest request) {
        if (address == null) {
            return tooEarly("No leading master is known at present: the masters are electing one, or too few are alive."
                    + " Try again in a moment; `meso cluster status` shows which masters this one sees.");
        }
        return HttpAnswer.empty(307).with("Location", "//" + address + request.target());
    }

    private static HttpAnswer.Full notReady() {
        return tooEarly(
                "This master was elected and is still applying what was promised before it; try again in a moment.");
    }

    private static HttpAnswer.Full tooEarly(String text) {
        return later(text).with(NOT_PERFORMED, "true");
    }

    static HttpAnswer.Full later(String text) {
        return HttpAnswer.text(503, text).with("Retry-After", "1");
    }
}
