package org.mesolith.leader;

import java.util.List;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.drain.AgentStates;
import org.mesolith.leader.drain.DrainPlans;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.Replies;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.leader.operator.MaintenanceCalls;
import org.mesolith.leader.operator.QuotaCalls;
import org.mesolith.leader.operator.ResourceCalls;
import org.mesolith.leader.operator.TearDowns;
import org.mesolith.leader.operator.WeightCalls;
import org.mesolith.leader.task.Tasks;
import org.mesolith.state.Outcome;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.Result;

/** Which call of an operator goes to whom. Knows nothing itself. */
record OperatorRoutes(
        WeightCalls weights,
        QuotaCalls quotas,
        ResourceCalls resources,
        MaintenanceCalls maintenance,
        AgentStates agents,
        DrainPlans drains,
        TearDowns tearDowns,
        Tasks tasks) {
    List<Effect> asked(OperatorAsked asked) {
        return switch (asked.call()) {
            case OperatorCall.UpdateWeights update -> weights.update(asked, update);
            case OperatorCall.KillTask kill -> tasks.kill(asked, kill);
            case OperatorCall.TearDown tearDown -> tearDowns.tearDown(asked, tearDown);
            case OperatorCall.Operate operate -> resources.operate(asked, operate);
            case OperatorCall.UpdateQuota update -> quotas.update(asked, update);
            case OperatorCall.SetQuota set -> quotas.set(asked, set);
            case OperatorCall.RemoveQuota remove -> quotas.remove(asked, remove);
            case OperatorCall.UpdateMaintenanceSchedule update -> maintenance.schedule(asked, update);
            case OperatorCall.StartMaintenance start -> maintenance.start(asked, start);
            case OperatorCall.StopMaintenance stop -> maintenance.stop(asked, stop);
            case OperatorCall.DrainAgent drain -> agents.drain(asked, drain);
            case OperatorCall.PlanDrain plan -> drains.plan(asked, plan);
            case OperatorCall.SteerDrain steer -> drains.steer(asked, steer);
            case OperatorCall.DeactivateAgent deactivate -> agents.deactivate(asked, deactivate);
            case OperatorCall.ReactivateAgent reactivate -> agents.reactivate(asked, reactivate);
            case OperatorCall.MarkAgentGone gone -> agents.markGone(asked, gone);
            case OperatorCall.Read _,
                    OperatorCall.GetMetrics _,
                    OperatorCall.Subscribe _,
                    OperatorCall.SetLoggingLevel _,
                    OperatorCall.ListFiles _,
                    OperatorCall.ReadFile _ ->
                answer(asked, new Reply.BadRequest("reads are answered from a view, not by the leader's loop"));
            case OperatorCall.NotSupported(var type) -> notYet(asked, type);
            case OperatorCall.Unknown _ -> notYet(asked, "UNKNOWN");
        };
    }

    /** The answer of a call that was decided in the log: 202 for what an agent has to follow, 200 for the others. */
    List<Effect> decided(Decided decided, RequestId request) {
        if (decided.outcome() instanceof Outcome.Rejected rejected) {
            return List.of(new Answer(request, Replies.refused(rejected)));
        }
        if (decided.outcome() instanceof Outcome.Accepted(var _, Result.DrainPlanned(long plan))) {
            return List.of(new Answer(request, new Reply.Made("D" + plan)));
        }
        boolean follows = decided.proposal().command() instanceof ReservationCommand;
        return List.of(new Answer(request, follows ? new Reply.Accepted() : new Reply.Done()));
    }

    private static List<Effect> notYet(OperatorAsked asked, String type) {
        return answer(asked, new Reply.NotSupported("call " + type + " is not supported yet"));
    }

    private static List<Effect> answer(OperatorAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }
}
