package org.mesolith.leader.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.AgentOrder;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Raise;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.LeaderEvent.Order;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.state.AgentCommand;
import org.mesolith.state.Change;
import org.mesolith.state.MaintenanceCommand;
import org.mesolith.state.Outcome;
import org.mesolith.state.row.AgentRow;

/**
 * What operators make of agents: emptied, out of use, in use again, gone for ever. That an agent is empty is decided
 * with whatever empties it; here its tasks are told to end.
 */
public final class AgentStates {
    private final Present present;
    private final Acls acls;

    public AgentStates(Present present, Acls acls) {
        this.present = present;
        this.acls = acls;
    }

    /** DRAIN_AGENT. */
    public List<Effect> drain(OperatorAsked asked, OperatorCall.DrainAgent call) {
        var row = present.registry().agent(call.agent());
        if (row == null) {
            return badRequest(asked, unknown(call.agent()));
        }
        var scheduled = present.registry().maintenance().of(row.info().hostname(), row.address());
        if (row.isRegistered() && scheduled != null) {
            return badRequest(
                    asked,
                    "Agent " + row.id() + " is on a machine of the maintenance schedule; take the"
                            + " machine out of it first");
        }
        var refusal = refusal(asked, Action.DRAIN_AGENT, call.agent());
        if (refusal == null && call.markGone()) {
            refusal = refusal(asked, Action.MARK_AGENT_GONE, call.agent());
        }
        return refusal != null
                ? refusal
                : OperatorProposal.of(
                        asked, new MaintenanceCommand.DrainAgent(row.id(), call.maxGrace(), call.markGone()));
    }

    /** DEACTIVATE_AGENT. */
    public List<Effect> deactivate(OperatorAsked asked, OperatorCall.DeactivateAgent call) {
        if (present.registry().agent(call.agent()) == null) {
            return badRequest(asked, unknown(call.agent()));
        }
        var refusal = refusal(asked, Action.DEACTIVATE_AGENT, call.agent());
        return refusal != null ? refusal : OperatorProposal.of(asked, new AgentCommand.DeactivateAgent(call.agent()));
    }

    /** REACTIVATE_AGENT. */
    public List<Effect> reactivate(OperatorAsked asked, OperatorCall.ReactivateAgent call) {
        var row = present.registry().agent(call.agent());
        if (row == null) {
            return badRequest(asked, unknown(call.agent()));
        }
        if (row.isDraining()) {
            return badRequest(asked, "Agent " + row.id() + " is still draining; wait until it is drained");
        }
        if (!row.deactivated()) {
            return badRequest(asked, "Agent " + row.id() + " is not deactivated");
        }
        var refusal = refusal(asked, Action.REACTIVATE_AGENT, call.agent());
        return refusal != null ? refusal : OperatorProposal.of(asked, new AgentCommand.ReactivateAgent(call.agent()));
    }

    /** MARK_AGENT_GONE; a second time changes nothing. */
    public List<Effect> markGone(OperatorAsked asked, OperatorCall.MarkAgentGone call) {
        var refusal = refusal(asked, Action.MARK_AGENT_GONE, call.agent());
        if (refusal != null) {
            return refusal;
        }
        if (present.registry().goneAgent(call.agent()) != null) {
            return List.of(new Answer(asked.request(), new Reply.Done()));
        }
        return present.registry().agent(call.agent()) == null
                ? List.of(new Answer(asked.request(), new Reply.NotFound(unknown(call.agent()))))
                : OperatorProposal.of(asked, new AgentCommand.MarkAgentGone(call.agent()));
    }

    /** An agent is to be emptied: its tasks are told. */
    public List<Effect> applied(Applied applied) {
        if (!(applied.outcome() instanceof Outcome.Accepted accepted)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        for (var change : accepted.changes()) {
            if (change instanceof Change.AgentPut(var row)
                    && row.isDraining()
                    && isNew(row, applied.before().agent(row.id()))) {
                effects.addAll(order(row));
            }
        }
        return effects;
    }

    private static boolean isNew(AgentRow row, @Nullable AgentRow before) {
        return before == null || !Objects.equals(row.drain(), before.drain());
    }

    /** An agent is back: it may not have heard that it is to be emptied. */
    public List<Effect> up(AgentId agent) {
        var row = present.registry().agent(agent);
        return row == null || !row.isDraining() ? List.of() : order(row);
    }

    private static List<Effect> order(AgentRow row) {
        var drain = row.drain();
        return drain == null
                ? List.of()
                : List.of(new Raise(new Order(row.id(), new AgentOrder.Drain(drain.maxGrace(), drain.markGone()))));
    }

    private @Nullable List<Effect> refusal(OperatorAsked asked, Action action, AgentId agent) {
        var principal = asked.caller().principal();
        return acls.allow(action, principal, agent.value())
                ? null
                : List.of(new Answer(
                        asked.request(), new Reply.Forbidden(Permits.no(principal, action, "agent " + agent))));
    }

    private static List<Effect> badRequest(OperatorAsked asked, String why) {
        return List.of(new Answer(asked.request(), new Reply.BadRequest(why)));
    }

    private String unknown(AgentId agent) {
        var gone = present.registry().goneAgent(agent);
        return gone == null
                ? "Unknown agent " + agent + "; `meso agent ls` lists those that are known"
                : "Agent " + agent + " was marked gone at " + gone.since();
    }
}
