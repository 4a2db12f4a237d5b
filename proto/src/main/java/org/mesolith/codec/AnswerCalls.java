package org.mesolith.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerCall;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.model.AgentId;
import org.mesolith.model.Filters;
import org.mesolith.model.OfferId;
import org.mesolith.model.OperationId;
import org.mesolith.proto.gen.v1.OfferID;
import org.mesolith.proto.gen.v1.scheduler.Call;

/** Calls by which a framework answers what it was told: inverse offers and what became of its operations. Both ways. */
final class AnswerCalls {
    private AnswerCalls() {}

    static SchedulerCall accept(Call from, Filters filters, ShapeErrors errors) {
        need(from.hasAcceptInverseOffers(), "accept_inverse_offers", errors);
        var ids = from.getAcceptInverseOffers().getInverseOfferIdsList();
        return new SchedulerCall.AnswerInverseOffers(offers(ids), true, filters);
    }

    static SchedulerCall decline(Call from, Filters filters, ShapeErrors errors) {
        need(from.hasDeclineInverseOffers(), "decline_inverse_offers", errors);
        var ids = from.getDeclineInverseOffers().getInverseOfferIdsList();
        return new SchedulerCall.AnswerInverseOffers(offers(ids), false, filters);
    }

    static @Nullable SchedulerCall acknowledge(Call from, ShapeErrors errors) {
        need(from.hasAcknowledgeOperationStatus(), "acknowledge_operation_status", errors);
        var body = from.getAcknowledgeOperationStatus();
        var at = Path.ROOT.field("acknowledge_operation_status");
        if (!body.hasAgentId()) {
            // Optional in the message, and demanded all the same: Mesos scheduler/validation.cpp.
            errors.addMissing(at.field("agent_id"));
        }
        var uuid = StatusCodec.uuid(body.getUuid(), at.field("uuid"), errors);
        return uuid == null
                ? null
                : new SchedulerCall.AcknowledgeOperation(
                        new AgentId(body.getAgentId().getValue()),
                        new OperationId(body.getOperationId().getValue()),
                        uuid);
    }

    static SchedulerCall reconcile(Call from, ShapeErrors errors) {
        need(from.hasReconcileOperations(), "reconcile_operations", errors);
        return new SchedulerCall.ReconcileOperations(from.getReconcileOperations().getOperationsList().stream()
                .map(asked -> new SchedulerCall.ReconcileOperations.Wanted(
                        new OperationId(asked.getOperationId().getValue()),
                        asked.hasAgentId() ? new AgentId(asked.getAgentId().getValue()) : null))
                .toList());
    }

    private static void need(boolean given, String body, ShapeErrors errors) {
        if (!given) {
            errors.addMissing(Path.ROOT.field(body));
        }
    }

    private static List<OfferId> offers(List<OfferID> from) {
        return from.stream().map(offer -> new OfferId(offer.getValue())).toList();
    }

    static void write(
            Call.Builder to, SchedulerCall.AnswerInverseOffers from, org.mesolith.proto.gen.v1.Filters filters) {
        var ids = from.offers().stream()
                .map(offer -> OfferID.newBuilder().setValue(offer.value()).build())
                .toList();
        if (from.accepted()) {
            to.setType(Call.Type.ACCEPT_INVERSE_OFFERS)
                    .getAcceptInverseOffersBuilder()
                    .addAllInverseOfferIds(ids)
                    .setFilters(filters);
        } else {
            to.setType(Call.Type.DECLINE_INVERSE_OFFERS)
                    .getDeclineInverseOffersBuilder()
                    .addAllInverseOfferIds(ids)
                    .setFilters(filters);
        }
    }

    static void write(Call.Builder to, SchedulerCall.AcknowledgeOperation from) {
        var body = to.setType(Call.Type.ACKNOWLEDGE_OPERATION_STATUS).getAcknowledgeOperationStatusBuilder();
        body.setUuid(StatusCodec.bytes(from.status()));
        body.getOperationIdBuilder().setValue(from.operation().value());
        body.getAgentIdBuilder().setValue(from.agent().value());
    }

    static void write(Call.Builder to, SchedulerCall.ReconcileOperations from) {
        var body = to.setType(Call.Type.RECONCILE_OPERATIONS).getReconcileOperationsBuilder();
        for (var asked : from.operations()) {
            var one = body.addOperationsBuilder();
            one.getOperationIdBuilder().setValue(asked.operation().value());
            if (asked.agent() != null) {
                one.getAgentIdBuilder().setValue(asked.agent().value());
            }
        }
    }
}
