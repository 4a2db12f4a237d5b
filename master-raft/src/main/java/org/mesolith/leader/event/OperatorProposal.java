package org.mesolith.leader.event;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Limits;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.state.Actor;
import org.mesolith.state.Command;
import org.mesolith.state.Origin;
import org.mesolith.state.RequestKey;

/** An operator's call as a wish for the log, carried out once for each key that the caller chose. */
public final class OperatorProposal {
    private OperatorProposal() {}

    /** The wish; or the refusal of a key that nobody can remember. */
    public static List<Effect> of(OperatorAsked asked, Command command) {
        var caller = asked.caller();
        var key = key(caller);
        if (key == null && caller.requestKey() != null) {
            return List.of(new Answer(
                    asked.request(),
                    new Reply.BadRequest(
                            "an idempotency key has 1 to " + Limits.ID_CHARS_MAX + " characters; choose another one")));
        }
        return List.of(new Propose(
                new Propose.ForCall(asked.request()),
                Actor.operator(caller.principal()).from(caller.address()),
                Origin.HTTP,
                key,
                command));
    }

    /** The key under which the call is remembered; null when it has none, or one that nobody can remember. */
    public static @Nullable RequestKey key(Caller caller) {
        var scope = caller.principal() == null ? "" : caller.principal();
        var key = caller.requestKey();
        if (key == null
                || key.isEmpty()
                || key.length() > Limits.ID_CHARS_MAX
                || scope.length() > Limits.ID_CHARS_MAX) {
            return null;
        }
        return new RequestKey(scope, key);
    }
}
