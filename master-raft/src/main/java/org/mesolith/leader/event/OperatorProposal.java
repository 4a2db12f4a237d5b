package org.mesolith.leader.event;

import java.util.List;
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
        var scope = caller.principal() == null ? "" : caller.principal();
        var key = caller.requestKey();
        boolean usable = key == null
                || (!key.isEmpty() && key.length() <= Limits.ID_CHARS_MAX && scope.length() <= Limits.ID_CHARS_MAX);
        if (!usable) {
            return List.of(new Answer(
                    asked.request(),
                    new Reply.BadRequest(
                            "an idempotency key has 1 to " + Limits.ID_CHARS_MAX + " characters; choose another one")));
        }
        return List.of(new Propose(
                new Propose.ForCall(asked.request()),
                Actor.operator(caller.principal()).from(caller.address()),
                Origin.HTTP,
                key == null ? null : new RequestKey(scope, key),
                command));
    }
}
