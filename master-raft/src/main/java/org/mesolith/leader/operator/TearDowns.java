package org.mesolith.leader.operator;

import java.util.List;
import org.mesolith.api.OperatorCall.TearDown;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.state.FrameworkCommand.TearDownFramework;

/** TEARDOWN of an operator: the framework ends with all its tasks, connected or not. */
public final class TearDowns {
    private final Present present;
    private final Acls acls;

    /** @param acls who may end whose frameworks */
    public TearDowns(Present present, Acls acls) {
        this.present = present;
        this.acls = acls;
    }

    /** The call; a framework that is not there is a bad request, as in Mesos. */
    public List<Effect> tearDown(OperatorAsked asked, TearDown call) {
        var row = present.registry().framework(call.framework());
        if (row == null) {
            boolean ended = present.registry().completedFramework(call.framework()) != null;
            var why = ended ? "it has ended already" : "see `meso framework ls`";
            return List.of(new Answer(
                    asked.request(),
                    new Reply.BadRequest("No framework found with specified ID " + call.framework() + ": " + why)));
        }
        var owner = row.info().principal();
        var principal = asked.caller().principal();
        if (!acls.allow(Action.TEARDOWN_FRAMEWORK, principal, owner)) {
            var refusal = Permits.no(principal, Action.TEARDOWN_FRAMEWORK, "of principal '" + owner + "'");
            return List.of(new Answer(asked.request(), new Reply.Forbidden(refusal)));
        }
        return OperatorProposal.of(asked, new TearDownFramework(call.framework()));
    }
}
