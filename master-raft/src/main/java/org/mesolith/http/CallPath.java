package org.mesolith.http;

import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.Standing;
import org.mesolith.leader.event.Caller;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/** The checks that every v1 call passes before its body is read, in Mesos' order: leader, method, content type. */
final class CallPath {
    /** Header with a key of the caller's choice: calls with the same key are performed once. */
    static final String REQUEST_KEY = "Idempotency-Key";

    private static final int REQUEST_KEY_CHARS_MAX = 128;

    private CallPath() {}

    /** What a call looks like once its head is accepted, or the answer that refuses it. */
    sealed interface Head {
        /** The body may be read in this encoding. */
        record Good(Encoding type) implements Head {}

        /** The call ends here. */
        record Refused(HttpAnswer.Full answer) implements Head {}
    }

    /** Who calls, or the answer 401; asked before anything else. */
    sealed interface Who {
        /** The caller, null without a name. */
        record Passed(@Nullable String principal) implements Who {}

        /** The call ends here. */
        record Refused(HttpAnswer.Full answer) implements Who {}
    }

    static Who who(HttpRequest request, Authenticator authenticator, Authenticator.Realm realm) {
        var header = request.headers().first("Authorization").orElse(null);
        return switch (authenticator.who(realm, header)) {
            case Authenticator.Verdict.Passed(var principal) -> new Who.Passed(principal);
            case Authenticator.Verdict.Refused(var challenge) ->
                new Who.Refused(HttpAnswer.text(
                                401,
                                "Unauthorized: this door asks for a name and its secret"
                                        + " (HTTP basic authentication), and those given do not fit")
                        .with("WWW-Authenticate", challenge));
        };
    }

    static Head check(HttpRequest request, Standing standing) {
        var elsewhere = Problems.unlessLeading(standing, request);
        return elsewhere != null ? new Head.Refused(elsewhere) : check(request);
    }

    /** The checks that do not ask who leads. */
    static Head check(HttpRequest request) {
        if (!request.method().equals("POST")) {
            return new Head.Refused(
                    HttpAnswer.text(405, "Expecting one of { 'POST' }, but received '" + request.method() + "'")
                            .with("Allow", "POST"));
        }
        var contentType = request.headers().first("Content-Type");
        if (contentType.isEmpty()) {
            return new Head.Refused(Problems.badRequest("Expecting 'Content-Type' to be present"));
        }
        var type = Encoding.ofContentType(contentType.get());
        if (type == null) {
            return new Head.Refused(HttpAnswer.text(
                    415,
                    "Expecting 'Content-Type' of application/json or application/x-protobuf, exactly so and without"
                            + " parameters"));
        }
        return new Head.Good(type);
    }

    /** Who calls, as far as this door knows; a key that is too long is refused. */
    static @Nullable Caller caller(HttpRequest request, @Nullable String principal) {
        var key = request.headers().first(REQUEST_KEY).orElse(null);
        if (key != null && (key.isEmpty() || key.length() > REQUEST_KEY_CHARS_MAX)) {
            return null;
        }
        return new Caller(principal, request.remoteAddress().getAddress().getHostAddress(), key);
    }

    static HttpAnswer.Full badRequestKey() {
        return Problems.badRequest(
                "The header " + REQUEST_KEY + " must have 1 to " + REQUEST_KEY_CHARS_MAX + " characters");
    }

    static HttpAnswer.Full notAcceptable() {
        return HttpAnswer.text(406, "Expecting 'Accept' to allow 'application/json' or 'application/x-protobuf'");
    }
}
