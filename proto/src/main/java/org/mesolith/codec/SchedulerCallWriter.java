package org.mesolith.codec;

import com.google.protobuf.UnsafeByteOperations;
import java.time.Duration;
import java.util.List;
import org.mesolith.api.SchedulerCall;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.v1.FrameworkCodec;
import org.mesolith.codec.v1.Opaques;
import org.mesolith.codec.v1.OperationWriter;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.Filters;
import org.mesolith.model.OfferId;
import org.mesolith.model.Opaque;
import org.mesolith.proto.gen.v1.OfferID;
import org.mesolith.proto.gen.v1.scheduler.Call;
import org.mesolith.proto.gen.v1.scheduler.OfferConstraints;

/** Scheduler calls as protobuf. */
final class SchedulerCallWriter {
    private SchedulerCallWriter() {}

    static Call write(SchedulerRequest request) {
        var to = Call.newBuilder();
        if (request.framework() != null) {
            to.getFrameworkIdBuilder().setValue(request.framework().value());
        }
        switch (request.call()) {
            case SchedulerCall.Subscribe subscribe ->
                to.setType(Call.Type.SUBSCRIBE).setSubscribe(subscribe(subscribe));
            case SchedulerCall.UpdateFramework update ->
                to.setType(Call.Type.UPDATE_FRAMEWORK).setUpdateFramework(update(update));
            case SchedulerCall.Teardown _ -> to.setType(Call.Type.TEARDOWN);
            case SchedulerCall.Accept accept -> to.setType(Call.Type.ACCEPT).setAccept(accept(accept));
            case SchedulerCall.Decline decline ->
                to.setType(Call.Type.DECLINE)
                        .getDeclineBuilder()
                        .addAllOfferIds(offers(decline.offers()))
                        .setFilters(filters(decline.filters()));
            case SchedulerCall.Revive(var roles) ->
                to.setType(Call.Type.REVIVE).getReviveBuilder().addAllRoles(roles);
            case SchedulerCall.Suppress(var roles) ->
                to.setType(Call.Type.SUPPRESS).getSuppressBuilder().addAllRoles(roles);
            case SchedulerCall.Kill kill -> to.setType(Call.Type.KILL).setKill(kill(kill));
            case SchedulerCall.Acknowledge acknowledge -> {
                var body = to.setType(Call.Type.ACKNOWLEDGE).getAcknowledgeBuilder();
                body.getAgentIdBuilder().setValue(acknowledge.agent().value());
                body.getTaskIdBuilder().setValue(acknowledge.task().value());
                body.setUuid(StatusCodec.bytes(acknowledge.uuid()));
            }
            case SchedulerCall.Reconcile reconcile ->
                to.setType(Call.Type.RECONCILE).setReconcile(reconcile(reconcile));
            case SchedulerCall.Shutdown shutdown -> {
                var body = to.setType(Call.Type.SHUTDOWN).getShutdownBuilder();
                body.getExecutorIdBuilder().setValue(shutdown.executor().value());
                body.getAgentIdBuilder().setValue(shutdown.agent().value());
            }
            case SchedulerCall.Message message -> {
                var body = to.setType(Call.Type.MESSAGE).getMessageBuilder();
                body.getAgentIdBuilder().setValue(message.agent().value());
                body.getExecutorIdBuilder().setValue(message.executor().value());
                body.setData(UnsafeByteOperations.unsafeWrap(message.data()));
            }
            case SchedulerCall.Request _ -> to.setType(Call.Type.REQUEST).setRequest(Call.Request.getDefaultInstance());
            case SchedulerCall.AnswerInverseOffers answer -> AnswerCalls.write(to, answer, filters(answer.filters()));
            case SchedulerCall.AcknowledgeOperation acknowledge -> AnswerCalls.write(to, acknowledge);
            case SchedulerCall.ReconcileOperations reconcile -> AnswerCalls.write(to, reconcile);
            case SchedulerCall.NotSupported(var type) -> to.setType(Call.Type.valueOf(type));
            case SchedulerCall.Unknown _ -> to.setType(Call.Type.UNKNOWN);
        }
        return to.build();
    }

    private static Call.Subscribe subscribe(SchedulerCall.Subscribe from) {
        var to = Call.Subscribe.newBuilder()
                .setFrameworkInfo(FrameworkCodec.encode(from.info()))
                .addAllSuppressedRoles(from.suppressedRoles());
        if (!from.offerConstraints().isEmpty()) {
            to.setOfferConstraints(constraints(from.offerConstraints()));
        }
        return to.build();
    }

    private static Call.UpdateFramework update(SchedulerCall.UpdateFramework from) {
        var to = Call.UpdateFramework.newBuilder()
                .setFrameworkInfo(FrameworkCodec.encode(from.info()))
                .addAllSuppressedRoles(from.suppressedRoles());
        if (!from.offerConstraints().isEmpty()) {
            to.setOfferConstraints(constraints(from.offerConstraints()));
        }
        return to.build();
    }

    private static Call.Accept accept(SchedulerCall.Accept from) {
        return Call.Accept.newBuilder()
                .addAllOfferIds(offers(from.offers()))
                .addAllOperations(
                        from.operations().stream().map(OperationWriter::write).toList())
                .setFilters(filters(from.filters()))
                .build();
    }

    private static Call.Reconcile reconcile(SchedulerCall.Reconcile from) {
        var to = Call.Reconcile.newBuilder();
        for (var asked : from.tasks()) {
            var task = to.addTasksBuilder();
            task.getTaskIdBuilder().setValue(asked.task().value());
            if (asked.agent() != null) {
                task.getAgentIdBuilder().setValue(asked.agent().value());
            }
        }
        return to.build();
    }

    private static OfferConstraints constraints(Opaque from) {
        return Opaques.read(OfferConstraints.getDefaultInstance(), from);
    }

    private static List<OfferID> offers(List<OfferId> from) {
        return from.stream()
                .map(offer -> OfferID.newBuilder().setValue(offer.value()).build())
                .toList();
    }

    private static org.mesolith.proto.gen.v1.Filters filters(Filters from) {
        return org.mesolith.proto.gen.v1.Filters.newBuilder()
                .setRefuseSeconds(Times.seconds(from.refuse()))
                .build();
    }

    private static Call.Kill kill(SchedulerCall.Kill from) {
        var to = Call.Kill.newBuilder();
        to.getTaskIdBuilder().setValue(from.task().value());
        if (from.agent() != null) {
            to.getAgentIdBuilder().setValue(from.agent().value());
        }
        Duration grace = from.grace();
        if (grace != null) {
            to.getKillPolicyBuilder().setGracePeriod(Times.info(grace));
        }
        return to.build();
    }
}
