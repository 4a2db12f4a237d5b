package org.mesolith.agent.http;

import org.jspecify.annotations.Nullable;
import org.mesolith.access.AccessSettings;
import org.mesolith.access.Authenticator;
import org.mesolith.access.Authenticator.Realm;
import org.mesolith.model.Action;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * Who comes in at the doors of an agent, and what they may look at there. Executors of frameworks are not asked here:
 * they have tokens. Any thread.
 */
record AgentGate(AccessSettings access) {
    /** Who calls, or the answer 401. */
    sealed interface Who {
        /** The caller, null without a name. */
        record Passed(@Nullable String principal) implements Who {}

        /** The call ends here. */
        record Refused(HttpAnswer.Full answer) implements Who {}
    }

    Who who(HttpRequest request, Realm realm) {
        var header = request.headers().first("Authorization").orElse(null);
        return switch (access.authenticator().who(realm, header)) {
            case Authenticator.Verdict.Passed(var principal) -> new Who.Passed(principal);
            case Authenticator.Verdict.Refused(var challenge) ->
                new Who.Refused(HttpAnswer.text(
                                401,
                                "Unauthorized: this door asks for a name and its secret (HTTP basic authentication),"
                                        + " and those given do not fit\n")
                        .with("WWW-Authenticate", challenge));
        };
    }

    /** What this caller may see of the agent. */
    AgentSight sight(@Nullable String principal) {
        return new AgentSight(access.acls(), principal);
    }

    /**
     * 403 with the rule's name, or null when it is allowed.
     *
     * @param object what the rule is about, null when there is nothing to name
     * @param what the same for the sentence
     */
    HttpAnswer.@Nullable Full refusal(@Nullable String principal, Action action, @Nullable String object, String what) {
        return access.acls().allow(action, principal, object)
                ? null
                : HttpAnswer.text(403, AgentSight.no(principal, action, what) + "\n");
    }
}
