package org.mesolith.leader.operator;

import java.util.ArrayList;
import java.util.List;
import org.mesolith.api.OperatorCall.Operate;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.OffersClaimed;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.state.ReservationCommand.OperateAgent;
import org.mesolith.state.check.OperationChecks;
import org.mesolith.state.check.OperationChecks.Asker;
import org.mesolith.state.check.OperationChecks.Holder;

/** Reservations and volumes by operators: offers that stand in the way are taken back first. */
public final class ResourceCalls {
    private final Present present;
    private final Acls acls;

    public ResourceCalls(Present present, Acls acls) {
        this.present = present;
        this.acls = acls;
    }

    /** One call; it is 202 when it is done. */
    public List<Effect> operate(OperatorAsked asked, Operate call) {
        var row = present.registry().agent(call.agent());
        if (row == null || !row.isRegistered()) {
            return answer(
                    asked,
                    new Reply.BadRequest("No agent found with specified ID: " + call.agent()
                            + "; `meso agent ls` lists those that are registered"));
        }
        var principal = asked.caller().principal();
        var holder = Holder.of(present.registry(), row);
        var problem = OperationChecks.problem(call.operation(), Asker.operator(principal), holder);
        if (problem != null) {
            return answer(asked, new Reply.BadRequest("Invalid operation on agent " + row.id() + ": " + problem));
        }
        var refusal = Permits.refusal(acls, principal, call.operation(), holder.reserved());
        if (refusal != null) {
            return answer(asked, new Reply.Forbidden(refusal));
        }
        var effects = new ArrayList<Effect>();
        effects.add(new Raise(new OffersClaimed(row.id(), call.operation())));
        effects.addAll(OperatorProposal.of(asked, new OperateAgent(row.id(), call.operation())));
        return effects;
    }

    private static List<Effect> answer(OperatorAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }
}
