package org.mesolith.leader.operator;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.OperatorCall.RemoveQuota;
import org.mesolith.api.OperatorCall.SetQuota;
import org.mesolith.api.OperatorCall.UpdateQuota;
import org.mesolith.leader.event.Effect;
import org.mesolith.leader.event.Effect.Answer;
import org.mesolith.leader.event.LeaderEvent.OperatorAsked;
import org.mesolith.leader.event.OperatorProposal;
import org.mesolith.leader.event.Permits;
import org.mesolith.leader.event.Present;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.Acls;
import org.mesolith.model.Action;
import org.mesolith.model.QuantityLimits;
import org.mesolith.model.Quota;
import org.mesolith.model.Resource;
import org.mesolith.model.ResourceKind;
import org.mesolith.model.Resources;
import org.mesolith.state.QuotaCommand.UpdateQuotas;
import org.mesolith.state.check.QuotaChecks;

/** Quota: all that stands against it is said here; the log decides once more. */
public final class QuotaCalls {
    private final Present present;
    private final @Nullable List<String> whitelist;
    private final Acls acls;

    /**
     * @param whitelist the only roles besides "*"; null for any
     */
    public QuotaCalls(Present present, @Nullable List<String> whitelist, Acls acls) {
        this.present = present;
        this.whitelist = whitelist;
        this.acls = acls;
    }

    /** UPDATE_QUOTA: all or none. */
    public List<Effect> update(OperatorAsked asked, UpdateQuota call) {
        var problem = problem(call);
        return problem != null
                ? answer(asked, new Reply.BadRequest(problem))
                : propose(asked, call.quotas(), call.force());
    }

    private @Nullable String problem(UpdateQuota call) {
        var invalid = QuotaChecks.problem(call.quotas(), whitelist);
        if (invalid != null || call.force()) {
            return invalid;
        }
        var consumed = QuotaChecks.consumed(present.registry(), call.quotas());
        return consumed != null ? consumed : QuotaChecks.overcommitted(present.registry(), call.quotas());
    }

    /** SET_QUOTA, the old form: the guarantee is the limit too, and only overcommitment is asked about. */
    public List<Effect> set(OperatorAsked asked, SetQuota call) {
        for (var resource : call.guarantee()) {
            if (!resource.isScalar() || !resource.kind().equals(ResourceKind.plain(resource.name()))) {
                return answer(
                        asked,
                        new Reply.BadRequest("Resource " + resource
                                + " cannot be guaranteed: name plain amounts, without reservation, disk "
                                + "or allocation"));
            }
        }
        if (!present.registry().quota(call.role()).isNone()) {
            return answer(
                    asked,
                    new Reply.BadRequest(
                            "Role '" + call.role() + "' has a quota; remove it first, or use UPDATE_QUOTA"));
        }
        var quotas = List.of(new Quota(call.role(), call.guarantee().scalarQuantities(), limits(call.guarantee())));
        var invalid = QuotaChecks.problem(quotas, whitelist);
        if (invalid != null) {
            return answer(asked, new Reply.BadRequest(invalid));
        }
        var overcommitted = call.force() ? null : QuotaChecks.overcommitted(present.registry(), quotas);
        return overcommitted != null ? answer(asked, new Reply.Conflict(overcommitted)) : propose(asked, quotas, true);
    }

    private static QuantityLimits limits(Resources guarantee) {
        var limits = new TreeMap<String, Long>();
        for (Resource resource : guarantee) {
            limits.merge(resource.name(), resource.milli(), Long::sum);
        }
        return new QuantityLimits(limits);
    }

    /** REMOVE_QUOTA, the old form. */
    public List<Effect> remove(OperatorAsked asked, RemoveQuota call) {
        return present.registry().quota(call.role()).isNone()
                ? answer(asked, new Reply.BadRequest("Role '" + call.role() + "' has no quota"))
                : propose(asked, List.of(Quota.none(call.role())), true);
    }

    private List<Effect> propose(OperatorAsked asked, List<Quota> quotas, boolean force) {
        var principal = asked.caller().principal();
        for (var quota : quotas) {
            if (!acls.allow(Action.UPDATE_QUOTA, principal, quota.role())) {
                return answer(
                        asked,
                        new Reply.Forbidden(
                                Permits.no(principal, Action.UPDATE_QUOTA, "of role '" + quota.role() + "'")));
            }
        }
        return OperatorProposal.of(asked, new UpdateQuotas(quotas, force));
    }

    private static List<Effect> answer(OperatorAsked asked, Reply reply) {
        return List.of(new Answer(asked.request(), reply));
    }
}
