package org.mesolith.codec;

import com.google.protobuf.UnsafeByteOperations;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.OfferCodec;
import org.mesolith.codec.v1.ResourceForm;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.proto.gen.v1.scheduler.Event;

/** Scheduler events as protobuf. */
final class SchedulerEventWriter {
    private SchedulerEventWriter() {}

    static Event write(SchedulerEvent event, ResourceForm form) {
        var to = Event.newBuilder();
        switch (event) {
            case SchedulerEvent.Subscribed subscribed -> {
                var body = to.setType(Event.Type.SUBSCRIBED).getSubscribedBuilder();
                body.getFrameworkIdBuilder().setValue(subscribed.framework().value());
                body.setHeartbeatIntervalSeconds(Times.seconds(subscribed.heartbeat()))
                        .setMasterInfo(Infos.master(subscribed.master()));
            }
            case SchedulerEvent.Offers(var offers) ->
                to.setType(Event.Type.OFFERS).getOffersBuilder().addAllOffers(OfferCodec.encode(offers, form));
            case SchedulerEvent.Rescind(var offer) ->
                to.setType(Event.Type.RESCIND)
                        .getRescindBuilder()
                        .getOfferIdBuilder()
                        .setValue(offer.value());
            case SchedulerEvent.InverseOffers(var offers) -> {
                var body = to.setType(Event.Type.INVERSE_OFFERS).getInverseOffersBuilder();
                offers.forEach(offer -> body.addInverseOffers(OfferCodec.encode(offer)));
            }
            case SchedulerEvent.RescindInverse(var offer) ->
                to.setType(Event.Type.RESCIND_INVERSE_OFFER)
                        .getRescindInverseOfferBuilder()
                        .getInverseOfferIdBuilder()
                        .setValue(offer.value());
            case SchedulerEvent.Update update ->
                to.setType(Event.Type.UPDATE)
                        .getUpdateBuilder()
                        .setStatus(StatusCodec.encode(update.status(), update.data()));
            case SchedulerEvent.OperationUpdate(var status) ->
                to.setType(Event.Type.UPDATE_OPERATION_STATUS)
                        .getUpdateOperationStatusBuilder()
                        .setStatus(StatusCodec.encode(status));
            case SchedulerEvent.Message message -> {
                var body = to.setType(Event.Type.MESSAGE).getMessageBuilder();
                body.getAgentIdBuilder().setValue(message.agent().value());
                body.getExecutorIdBuilder().setValue(message.executor().value());
                body.setData(UnsafeByteOperations.unsafeWrap(message.data()));
            }
            case SchedulerEvent.Failure failure ->
                to.setType(Event.Type.FAILURE).setFailure(failure(failure));
            case SchedulerEvent.Failed(var message) ->
                to.setType(Event.Type.ERROR).getErrorBuilder().setMessage(message);
            case SchedulerEvent.Heartbeat _ -> to.setType(Event.Type.HEARTBEAT);
        }
        return to.build();
    }

    private static Event.Failure failure(SchedulerEvent.Failure from) {
        var to = Event.Failure.newBuilder();
        if (from.agent() != null) {
            to.getAgentIdBuilder().setValue(from.agent().value());
        }
        if (from.executor() != null) {
            to.getExecutorIdBuilder().setValue(from.executor().value());
        }
        if (from.status() != null) {
            to.setStatus(from.status());
        }
        return to.build();
    }
}
