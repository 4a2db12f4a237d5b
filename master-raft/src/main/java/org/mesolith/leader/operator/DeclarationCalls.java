package org.mesolith.leader.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall;
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
import org.mesolith.model.Declarable;
import org.mesolith.model.DeclaredChange;
import org.mesolith.model.MachineId;
import org.mesolith.model.Resources;
import org.mesolith.model.Roles;
import org.mesolith.state.DeclarationCommand.Declare;
import org.mesolith.state.FeatureLevel;
import org.mesolith.state.check.DeclarationChecks;

/**
 * What operators keep in a file. Who may not change one of the objects by itself may not change it by a declaration;
 * what is wrong with the present state is found out when the command is applied.
 */
public final class DeclarationCalls {
    private final Present present;
    private final @Nullable List<String> whitelist;
    private final Acls acls;

    /**
     * @param whitelist the only roles besides "*"; null for any
     */
    public DeclarationCalls(Present present, @Nullable List<String> whitelist, Acls acls) {
        this.present = present;
        this.whitelist = whitelist;
        this.acls = acls;
    }

    /** One kind of objects; it is 200 when all of them are as they are wanted. */
    public List<Effect> declare(OperatorAsked asked, OperatorCall.Declare call) {
        var level = present.registry().featureLevel();
        if (!level.includes(FeatureLevel.DECLARATIONS)) {
            // A master of the version before would stop at the command.
            return answer(
                    asked,
                    new Reply.BadRequest("Declarations are applied from feature level "
                            + FeatureLevel.DECLARATIONS.number() + " on, and the cluster is at " + level.number()
                            + "; upgrade every master, then run `meso cluster finalize`"));
        }
        var command = new Declare(call.name(), call.kind(), call.revision(), call.changes());
        var problem = DeclarationChecks.problem(command);
        if (problem != null) {
            return answer(asked, new Reply.BadRequest(problem));
        }
        for (var change : call.changes()) {
            var unknown = unknownRole(change);
            if (unknown != null) {
                return answer(asked, new Reply.BadRequest(unknown));
            }
            var refusal = refusal(asked.caller().principal(), change);
            if (refusal != null) {
                return answer(asked, new Reply.Forbidden(refusal));
            }
        }
        var effects = new ArrayList<Effect>();
        for (var step : DeclarationChecks.steps(call.changes())) {
            effects.add(new Raise(new OffersClaimed(step.agent(), step.operation())));
        }
        effects.addAll(OperatorProposal.of(asked, command));
        return effects;
    }

    private @Nullable String unknownRole(DeclaredChange change) {
        var role = switch (change.wanted()) {
            case Declarable.OfWeight(var weight) -> weight.role();
            case Declarable.OfQuota(var quota) -> quota.role();
            case Declarable.OfReservation(var _, var stack, var _) ->
                stack.getLast().role();
            case Declarable.OfWindow _ -> Roles.STAR;
            case null -> Roles.STAR;
        };
        return whitelist == null || role.equals(Roles.STAR) || whitelist.contains(role)
                ? null
                : "Unknown role '" + role + "'; the roles of this cluster are " + whitelist;
    }

    /** What the caller may not do; what is declared and stays as it is asks for the same right. */
    private @Nullable String refusal(@Nullable String principal, DeclaredChange change) {
        return switch (change.object()) {
            case Declarable.OfWeight(var weight) -> ofRole(principal, Action.UPDATE_WEIGHT, weight.role());
            case Declarable.OfQuota(var quota) -> ofRole(principal, Action.UPDATE_QUOTA, quota.role());
            case Declarable.OfReservation _ -> ofSteps(principal, change);
            case Declarable.OfWindow(var window) -> ofMachines(principal, window.machines());
        };
    }

    private @Nullable String ofRole(@Nullable String principal, Action action, String role) {
        return acls.allow(action, principal, role) ? null : Permits.no(principal, action, "of role '" + role + "'");
    }

    private @Nullable String ofSteps(@Nullable String principal, DeclaredChange change) {
        for (var step : DeclarationChecks.steps(List.of(change))) {
            // Who made a volume is asked only where volumes are destroyed, and no declaration does that.
            var refusal = Permits.refusal(acls, principal, step.operation(), Resources.EMPTY);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private @Nullable String ofMachines(@Nullable String principal, List<MachineId> machines) {
        for (var machine : machines) {
            if (!acls.allow(Action.UPDATE_MAINTENANCE_SCHEDULE, principal, machine.toString())) {
                return Permits.no(principal, Action.UPDATE_MAINTENANCE_SCHEDULE, "of machine '" + machine + "'");
            }
        }
        return null;
    }

    private static List<Effect> answer(OperatorAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }
}
