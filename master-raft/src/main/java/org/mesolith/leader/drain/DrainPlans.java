package org.mesolith.leader.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.Applied;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Propose;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.AgentId;
import org.mesolith.model.DrainWish;
import org.mesolith.state.Change;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.MaintenanceCommand.AdvanceDrain;
import org.mesolith.state.MaintenanceCommand.PlanDrain;
import org.mesolith.state.MaintenanceCommand.SteerDrain;
import org.mesolith.state.Outcome;
import org.mesolith.state.check.DrainChecks;
import org.mesolith.state.row.DrainPlan;

/**
 * Plans to empty agents batch by batch. The plan is in the registry and says what is next; here it is only seen that it
 * has to go on, and asked for: another leader sees the same.
 */
public final class DrainPlans {
    private final Present present;
    private final Acls acls;

    /** Plans whose going on is on its way into the log. */
    private final TreeSet<Long> underWay = new TreeSet<>();

    public DrainPlans(Present present, Acls acls) {
        this.present = present;
        this.acls = acls;
    }

    /** A plan is made, and its first batch begins. */
    public List<Effect> plan(OperatorAsked asked, OperatorCall.PlanDrain call) {
        var refusal = tooEarly(asked);
        refusal = refusal == null ? forbidden(asked, Action.DRAIN_AGENT, call.agents()) : refusal;
        return refusal != null
                ? refusal
                : OperatorProposal.of(
                        asked, new PlanDrain(call.agents(), call.maxUnavailable(), call.maxGrace(), call.deadline()));
    }

    /** A plan pauses, goes on, or is taken back. */
    public List<Effect> steer(OperatorAsked asked, OperatorCall.SteerDrain call) {
        var refusal = tooEarly(asked);
        if (refusal != null) {
            return refusal;
        }
        var plan = present.registry().drainPlan(call.plan());
        if (plan != null) {
            var agents = plan.parts().stream().map(DrainPlan.Part::agent).toList();
            var action = call.wish() == DrainWish.CANCEL ? Action.REACTIVATE_AGENT : Action.DRAIN_AGENT;
            refusal = forbidden(asked, action, agents);
        }
        return refusal != null ? refusal : OperatorProposal.of(asked, new SteerDrain(call.plan(), call.wish()));
    }

    /** Time to look for deadlines, and for what a leader before this one left. */
    public List<Effect> upkeep() {
        var effects = new ArrayList<Effect>();
        for (var plan : present.registry().drainPlans()) {
            boolean due = plan.state().isOpen()
                    && !underWay.contains(plan.number())
                    && !DrainChecks.next(present.registry(), plan, present.now())
                            .equals(plan);
            if (due) {
                underWay.add(plan.number());
                effects.add(Propose.upkeep("drain " + plan.id(), new AdvanceDrain(plan.number())));
            }
        }
        return effects;
    }

    /** Something may have become empty: the next batch is not kept waiting. */
    public List<Effect> applied(Applied applied) {
        if (applied.outcome() instanceof Outcome.Accepted accepted
                && accepted.changes().stream().anyMatch(DrainPlans::matters)) {
            return upkeep();
        }
        return List.of();
    }

    private static boolean matters(Change change) {
        return switch (change) {
            case Change.AgentPut(var row) -> row.drain() != null && row.drain().drained();
            case Change.AgentRemoved _, Change.DrainPlanPut _ -> true;
            default -> false;
        };
    }

    /** What was on its way has arrived, or not: it may be asked for again. */
    public List<Effect> settled(AdvanceDrain command) {
        underWay.remove(command.plan());
        return List.of();
    }

    /** A master of the version before would stop at the command. */
    private @Nullable List<Effect> tooEarly(OperatorAsked asked) {
        var level = present.registry().featureLevel();
        return level.includes(FeatureLevel.PLANS)
                ? null
                : List.of(new Answer(
                        asked.request(),
                        new Reply.BadRequest("Drains are planned from feature level " + FeatureLevel.PLANS.number()
                                + " on, and the cluster is at " + level.number()
                                + "; upgrade every master, then run `meso cluster finalize`")));
    }

    private @Nullable List<Effect> forbidden(OperatorAsked asked, Action action, List<AgentId> agents) {
        var principal = asked.caller().principal();
        for (var agent : agents) {
            if (!acls.allow(action, principal, agent.value())) {
                return List.of(new Answer(
                        asked.request(), new Reply.Forbidden(Permits.no(principal, action, "agent " + agent))));
            }
        }
        return null;
    }
}
