package org.mesolith.http;

import org.jspecify.annotations.Nullable;
import org.mesolith.access.Authenticator;
import org.mesolith.codec.CommandTasks;
import org.mesolith.leader.event.Permits;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.view.Sight;
import org.mesolith.wire.HttpAnswer;
import org.mesolith.wire.HttpRequest;

/**
 * Who comes in at the doors of a master, and what they may look at there. Any thread.
 *
 * @param authenticator knows principals by their secrets
 * @param acls who may do what
 */
public record Gate(Authenticator authenticator, Acls acls) {
    /** Everybody comes in and may do everything. */
    public static final Gate OPEN = new Gate(Authenticator.OPEN, Acls.OPEN);

    CallPath.Who who(HttpRequest request, Authenticator.Realm realm) {
        return CallPath.who(request, authenticator, realm);
    }

    /** What somebody may see of the cluster. */
    Sight sight(@Nullable String principal) {
        return new Sight(acls, principal, CommandTasks::userOfTask);
    }

    /** Why a page is not shown to whoever asks for it; null when it is. */
    HttpAnswer.@Nullable Full refusal(HttpRequest request, Authenticator.Realm realm, String path) {
        return switch (who(request, realm)) {
            case CallPath.Who.Refused(var answer) -> answer;
            case CallPath.Who.Passed(var principal) -> refusal(principal, path);
        };
    }

    /** 403 when this principal may not use this path; null when it may. */
    HttpAnswer.@Nullable Full refusal(@Nullable String principal, String path) {
        return refusal(principal, Action.GET_ENDPOINT_WITH_PATH, path, "at '" + path + "'");
    }

    /**
     * 403 with the rule's name, or null when it is allowed.
     *
     * @param object what the rule is about, null when there is nothing to name
     * @param what the same for the sentence
     */
    HttpAnswer.@Nullable Full refusal(@Nullable String principal, Action action, @Nullable String object, String what) {
        return acls.allow(action, principal, object) ? null : HttpAnswer.text(403, Permits.no(principal, action, what));
    }
}
