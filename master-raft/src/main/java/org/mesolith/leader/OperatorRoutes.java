package org.mesolith.leader;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
import org.mesolith.leader.drain.AgentStates;
import org.mesolith.leader.drain.DrainPlans;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.Effect.Confirm;
import org.mesolith.leader.event.LeaderEvent.Decided;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.LeaderEvent.OperatorConfirmed;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Replies;
import org.mesolith.leader.event.Reply;
import org.mesolith.leader.event.RequestId;
import org.mesolith.leader.operator.DeclarationCalls;
import org.mesolith.leader.operator.MaintenanceCalls;
import org.mesolith.leader.operator.QuotaCalls;
import org.mesolith.leader.operator.ReservationCalls;
import org.mesolith.leader.operator.ReservationExpiry;
import org.mesolith.leader.operator.ResourceCalls;
import org.mesolith.leader.operator.TearDowns;
import org.mesolith.leader.operator.WeightCalls;
import org.mesolith.leader.task.Tasks;
import org.mesolith.state.CommandKind;
import org.mesolith.state.Outcome;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.Result;

/** Which call of an operator goes to whom, and that one which was carried out already goes to nobody. */
record OperatorRoutes(
        Present present,
        WeightCalls weights,
        QuotaCalls quotas,
        ResourceCalls resources,
        ReservationCalls reservations,
        ReservationExpiry expiry,
        MaintenanceCalls maintenance,
        AgentStates agents,
        DrainPlans drains,
        DeclarationCalls declarations,
        TearDowns tearDowns,
        Tasks tasks) {
    List<Effect> asked(OperatorAsked asked) {
        var before = remembered(asked);
        if (before != null) {
            return answer(asked, before);
        }
        var effects = fresh(asked);
        return writes(asked.call()) && isAnswerAlone(effects) ? List.of(new Confirm(asked)) : effects;
    }

    /**
     * Looks again at a call that was to be answered without the log, now that this master is known to have led after it
     * came, and has seen all that was acknowledged before. A leader that was replaced, and does not know it yet, would
     * else refuse what its successor has carried out.
     */
    List<Effect> confirmed(OperatorConfirmed confirmed) {
        var asked = confirmed.asked();
        return switch (confirmed.lead()) {
            case HELD -> {
                var before = remembered(asked);
                yield before == null ? fresh(asked) : answer(asked, before);
            }
            case GONE -> answer(asked, new Reply.NotLeader(null));
            case UNKNOWN -> answer(asked, new Reply.NotReady());
        };
    }

    private static boolean isAnswerAlone(List<Effect> effects) {
        return effects.size() == 1 && effects.getFirst() instanceof Answer;
    }

    private static boolean writes(OperatorCall call) {
        return kind(call) != null || call instanceof OperatorCall.KillTask;
    }

    /**
     * What a call is answered that was carried out before under its key, null when it was not. It is not looked at
     * again: what has been done already may well be impossible now. The key belongs to who was allowed it then.
     */
    private @Nullable Reply remembered(OperatorAsked asked) {
        var key = OperatorProposal.key(asked.caller());
        var kind = kind(asked.call());
        if (key == null || kind == null) {
            return null;
        }
        var done = present.registry().request(key);
        // Of a key that was used for another kind of call the log says so.
        return done == null || done.kind() != kind ? null : done(done.result(), kind == CommandKind.OPERATE_AGENT);
    }

    /** What a call comes to in the log; null for those that never come to it. */
    private static @Nullable CommandKind kind(OperatorCall call) {
        return switch (call) {
            case OperatorCall.UpdateWeights _ -> CommandKind.SET_WEIGHTS;
            case OperatorCall.TearDown _ -> CommandKind.TEAR_DOWN_FRAMEWORK;
            case OperatorCall.Operate _ -> CommandKind.OPERATE_AGENT;
            case OperatorCall.ReserveAgents _ -> CommandKind.RESERVE_AGENTS;
            case OperatorCall.NoteReservations _ -> CommandKind.NOTE_RESERVATIONS;
            case OperatorCall.ReleaseReservations _ -> CommandKind.RELEASE_RESERVATIONS;
            case OperatorCall.UpdateQuota _, OperatorCall.SetQuota _, OperatorCall.RemoveQuota _ ->
                CommandKind.UPDATE_QUOTAS;
            case OperatorCall.UpdateMaintenanceSchedule _ -> CommandKind.UPDATE_SCHEDULE;
            case OperatorCall.StartMaintenance _ -> CommandKind.START_MAINTENANCE;
            case OperatorCall.StopMaintenance _ -> CommandKind.STOP_MAINTENANCE;
            case OperatorCall.DrainAgent _ -> CommandKind.DRAIN_AGENT;
            case OperatorCall.PlanDrain _ -> CommandKind.PLAN_DRAIN;
            case OperatorCall.SteerDrain _ -> CommandKind.STEER_DRAIN;
            case OperatorCall.Declare declare -> CommandKind.of(declare.kind());
            case OperatorCall.DeactivateAgent _ -> CommandKind.DEACTIVATE_AGENT;
            case OperatorCall.ReactivateAgent _ -> CommandKind.REACTIVATE_AGENT;
            case OperatorCall.MarkAgentGone _ -> CommandKind.MARK_AGENT_GONE;
            case OperatorCall.KillTask _,
                    OperatorCall.Read _,
                    OperatorCall.GetMetrics _,
                    OperatorCall.Subscribe _,
                    OperatorCall.SetLoggingLevel _,
                    OperatorCall.ListFiles _,
                    OperatorCall.ReadFile _,
                    OperatorCall.NotSupported _,
                    OperatorCall.Unknown _ -> null;
        };
    }

    private List<Effect> fresh(OperatorAsked asked) {
        return switch (asked.call()) {
            case OperatorCall.UpdateWeights update -> weights.update(asked, update);
            case OperatorCall.KillTask kill -> tasks.kill(asked, kill);
            case OperatorCall.TearDown tearDown -> tearDowns.tearDown(asked, tearDown);
            case OperatorCall.Operate operate -> resources.operate(asked, operate);
            case OperatorCall.ReserveAgents reserve -> reservations.reserve(asked, reserve);
            case OperatorCall.NoteReservations note -> reservations.note(asked, note);
            case OperatorCall.ReleaseReservations release -> reservations.release(asked, release);
            case OperatorCall.UpdateQuota update -> quotas.update(asked, update);
            case OperatorCall.SetQuota set -> quotas.set(asked, set);
            case OperatorCall.RemoveQuota remove -> quotas.remove(asked, remove);
            case OperatorCall.UpdateMaintenanceSchedule update -> maintenance.schedule(asked, update);
            case OperatorCall.StartMaintenance start -> maintenance.start(asked, start);
            case OperatorCall.StopMaintenance stop -> maintenance.stop(asked, stop);
            case OperatorCall.DrainAgent drain -> agents.drain(asked, drain);
            case OperatorCall.PlanDrain plan -> drains.plan(asked, plan);
            case OperatorCall.SteerDrain steer -> drains.steer(asked, steer);
            case OperatorCall.Declare declare -> declarations.declare(asked, declare);
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
        var result = decided.outcome() instanceof Outcome.Accepted accepted ? accepted.result() : Result.NONE;
        return List.of(new Answer(
                request, done(result, decided.proposal().command() instanceof ReservationCommand.OperateAgent)));
    }

    private static Reply done(Result result, boolean follows) {
        if (result instanceof Result.DrainPlanned(long plan)) {
            return new Reply.Made("D" + plan);
        }
        return follows ? new Reply.Accepted() : new Reply.Done();
    }

    private static List<Effect> notYet(OperatorAsked asked, String type) {
        return answer(asked, new Reply.NotSupported("call " + type + " is not supported yet"));
    }

    private static List<Effect> answer(OperatorAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }
}
