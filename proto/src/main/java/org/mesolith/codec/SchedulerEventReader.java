package org.mesolith.codec;

import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.codec.body.Path;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.codec.v1.Infos;
import org.mesolith.codec.v1.OfferCodec;
import org.mesolith.codec.v1.StatusCodec;
import org.mesolith.codec.v1.Times;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.OfferId;
import org.mesolith.proto.gen.v1.scheduler.Event;

/** Scheduler events out of protobuf; an event is good only if no error was added. */
final class SchedulerEventReader {
    private final ShapeErrors errors;

    SchedulerEventReader(ShapeErrors errors) {
        this.errors = errors;
    }

    @Nullable
    SchedulerEvent read(Event from) {
        return switch (from.getType()) {
            case SUBSCRIBED -> {
                need(from.hasSubscribed(), "subscribed");
                var body = from.getSubscribed();
                yield new SchedulerEvent.Subscribed(
                        new FrameworkId(body.getFrameworkId().getValue()),
                        Times.ofSeconds(body.getHeartbeatIntervalSeconds()).orElse(Duration.ZERO),
                        Infos.master(body.getMasterInfo()));
            }
            case OFFERS -> offers(from);
            case RESCIND -> {
                need(from.hasRescind(), "rescind");
                yield new SchedulerEvent.Rescind(
                        new OfferId(from.getRescind().getOfferId().getValue()));
            }
            case UPDATE -> {
                need(from.hasUpdate(), "update");
                var status = from.getUpdate().getStatus();
                yield new SchedulerEvent.Update(
                        StatusCodec.decode(status, Path.ROOT.field("update").field("status"), errors),
                        StatusCodec.data(status));
            }
            case MESSAGE -> {
                need(from.hasMessage(), "message");
                var body = from.getMessage();
                yield new SchedulerEvent.Message(
                        new AgentId(body.getAgentId().getValue()),
                        new ExecutorId(body.getExecutorId().getValue()),
                        body.getData().toByteArray());
            }
            case FAILURE -> {
                var body = from.getFailure();
                yield new SchedulerEvent.Failure(
                        body.hasAgentId() ? new AgentId(body.getAgentId().getValue()) : null,
                        body.hasExecutorId()
                                ? new ExecutorId(body.getExecutorId().getValue())
                                : null,
                        body.hasStatus() ? body.getStatus() : null);
            }
            case ERROR -> new SchedulerEvent.Failed(from.getError().getMessage());
            case HEARTBEAT -> new SchedulerEvent.Heartbeat();
            case UPDATE_OPERATION_STATUS -> {
                need(from.hasUpdateOperationStatus(), "update_operation_status");
                yield new SchedulerEvent.OperationUpdate(StatusCodec.decode(
                        from.getUpdateOperationStatus().getStatus(),
                        Path.ROOT.field("update_operation_status").field("status"),
                        errors));
            }
            case INVERSE_OFFERS -> {
                need(from.hasInverseOffers(), "inverse_offers");
                yield new SchedulerEvent.InverseOffers(from.getInverseOffers().getInverseOffersList().stream()
                        .map(OfferCodec::decode)
                        .toList());
            }
            case RESCIND_INVERSE_OFFER -> {
                need(from.hasRescindInverseOffer(), "rescind_inverse_offer");
                yield new SchedulerEvent.RescindInverse(new OfferId(
                        from.getRescindInverseOffer().getInverseOfferId().getValue()));
            }
            case UNKNOWN -> {
                errors.add(Path.ROOT.field("type"), "is an event that this version does not know");
                yield null;
            }
        };
    }

    private SchedulerEvent offers(Event from) {
        need(from.hasOffers(), "offers");
        var at = Path.ROOT.field("offers").field("offers");
        var offers = from.getOffers().getOffersList();
        return new SchedulerEvent.Offers(IntStream.range(0, offers.size())
                .mapToObj(i -> OfferCodec.decode(offers.get(i), at.index(i), errors))
                .toList());
    }

    private void need(boolean given, String body) {
        if (!given) {
            errors.addMissing(Path.ROOT.field(body));
        }
    }
}
