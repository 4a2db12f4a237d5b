package org.mesolith.leader.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall.NoteReservations;
import org.mesolith.api.OperatorCall.ReleaseReservations;
import org.mesolith.api.OperatorCall.ReserveAgents;
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
import org.mesolith.model.Action;
import org.mesolith.model.OfferOperation;
import org.mesolith.model.ReservationWish;
import org.mesolith.model.Resources;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.ReservationCommand;
import org.mesolith.state.check.OperationChecks;
import org.mesolith.state.check.OperationChecks.Asker;
import org.mesolith.state.check.OperationChecks.Holder;
import org.mesolith.state.check.ReservationChecks;

/** Reservations on many agents at once, and what operators write down of reservations. */
public final class ReservationCalls {
    private final Present present;
    private final Acls acls;

    public ReservationCalls(Present present, Acls acls) {
        this.present = present;
        this.acls = acls;
    }

    /** The same on each of some agents, all or none. */
    public List<Effect> reserve(OperatorAsked asked, ReserveAgents call) {
        var principal = asked.caller().principal();
        var operation = new OfferOperation.Reserve(null, Resources.EMPTY, call.resources());
        var problem = problem(call.wish());
        for (var agent : call.agents()) {
            var row = present.registry().agent(agent);
            if (problem == null && (row == null || !row.isRegistered())) {
                problem = "No agent found with specified ID: " + agent
                        + "; `meso agent ls` lists those that are registered";
            } else if (problem == null && row != null) {
                problem = OperationChecks.problem(
                        operation, Asker.operator(principal), Holder.of(present.registry(), row));
            }
        }
        if (problem != null) {
            return answer(asked, new Reply.BadRequest(problem + "; nothing was reserved"));
        }
        var refusal = Permits.refusal(acls, principal, operation, Resources.EMPTY);
        if (refusal == null && call.wish().expires() != null) {
            refusal = unreserve(principal, principal);
        }
        if (refusal != null) {
            return answer(asked, new Reply.Forbidden(refusal));
        }
        var effects = new ArrayList<Effect>();
        call.agents().forEach(agent -> effects.add(new Raise(new OffersClaimed(agent, operation))));
        effects.addAll(OperatorProposal.of(
                asked, new ReservationCommand.ReserveAgents(call.agents(), call.resources(), call.wish())));
        return effects;
    }

    /** Something is written down; whoever sets an expiry must be one who may end the reservation. */
    public List<Effect> note(OperatorAsked asked, NoteReservations call) {
        var problem = problem(call.wish());
        if (problem != null) {
            return answer(asked, new Reply.BadRequest(problem + "; nothing was changed"));
        }
        var principal = asked.caller().principal();
        for (var key : call.reservations()) {
            var refusal = acls.allow(Action.RESERVE_RESOURCES, principal, key.role())
                    ? null
                    : Permits.no(principal, Action.RESERVE_RESOURCES, "role '" + key.role() + "'");
            if (refusal == null && call.wish().expires() != null) {
                refusal = unreserve(principal, key.principal());
            }
            if (refusal != null) {
                return answer(asked, new Reply.Forbidden(refusal));
            }
        }
        return OperatorProposal.of(asked, new ReservationCommand.NoteReservations(call.reservations(), call.wish()));
    }

    /** What nobody needs is given back, as far as it is free. */
    public List<Effect> release(OperatorAsked asked, ReleaseReservations call) {
        var problem = problem(ReservationWish.NONE);
        if (problem != null) {
            return answer(asked, new Reply.BadRequest(problem + "; nothing was changed"));
        }
        var effects = new ArrayList<Effect>();
        for (var key : call.reservations()) {
            var refusal = unreserve(asked.caller().principal(), key.principal());
            if (refusal != null) {
                return answer(asked, new Reply.Forbidden(refusal));
            }
            var row = present.registry().agent(key.agent());
            var free = row == null ? Resources.EMPTY : ReservationChecks.free(present.registry(), row, key);
            if (!free.isEmpty() && key.isDynamic()) {
                effects.add(new Raise(new OffersClaimed(key.agent(), new OfferOperation.Unreserve(null, free))));
            }
        }
        effects.addAll(OperatorProposal.of(asked, new ReservationCommand.ReleaseReservations(call.reservations())));
        return effects;
    }

    private @Nullable String unreserve(@Nullable String principal, @Nullable String owner) {
        return acls.allow(Action.UNRESERVE_RESOURCES, principal, owner)
                ? null
                : Permits.no(principal, Action.UNRESERVE_RESOURCES, "reservations of principal '" + owner + "'");
    }

    /** A master of the version before would stop at the command. */
    private @Nullable String problem(ReservationWish wish) {
        var level = present.registry().featureLevel();
        return level.includes(FeatureLevel.DECLARATIONS)
                ? ReservationChecks.problem(wish, present.now())
                : "Owner, purpose and expiry of reservations, and reservations on several agents at once, are"
                        + " understood from feature level " + FeatureLevel.DECLARATIONS.number()
                        + " on, and the cluster is at " + level.number()
                        + "; upgrade every master, then run `meso cluster finalize`";
    }

    private static List<Effect> answer(OperatorAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }
}
