package org.mesolith.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.model.AgentId;
import org.mesolith.model.ExecutorId;
import org.mesolith.model.FrameworkId;
import org.mesolith.model.InverseOffer;
import org.mesolith.model.Offer;
import org.mesolith.model.OfferId;
import org.mesolith.model.OperationStatus;
import org.mesolith.model.TaskStatus;

/** What a framework is told (mesos.v1.scheduler.Event). */
public sealed interface SchedulerEvent {
    /** First event of every stream. */
    record Subscribed(FrameworkId framework, Duration heartbeat, MasterInfo master) implements SchedulerEvent {}

    /** New offers, never an empty list. */
    record Offers(List<Offer> offers) implements SchedulerEvent {
        public Offers {
            offers = List.copyOf(offers);
        }
    }

    /** Asks the framework to leave agents, never an empty list. */
    record InverseOffers(List<InverseOffer> offers) implements SchedulerEvent {
        public InverseOffers {
            offers = List.copyOf(offers);
        }
    }

    /** The inverse offer is no more. */
    record RescindInverse(OfferId offer) implements SchedulerEvent {}

    /** The offer is no more. */
    record Rescind(OfferId offer) implements SchedulerEvent {}

    /** A task's state. {@code data} is null when there is none. */
    record Update(TaskStatus status, byte @Nullable [] data) implements SchedulerEvent {}

    /** What became of an operation that the framework gave an id. */
    record OperationUpdate(OperationStatus status) implements SchedulerEvent {}

    /** Bytes from an executor. */
    record Message(AgentId agent, ExecutorId executor, byte[] data) implements SchedulerEvent {}

    /** An agent is lost, or an executor has ended. */
    record Failure(
            @Nullable AgentId agent,
            @Nullable ExecutorId executor,
            @Nullable Integer status) implements SchedulerEvent {}

    /** The interface calls it ERROR; the stream ends after this. */
    record Failed(String message) implements SchedulerEvent {}

    /** Nothing happened for a while. */
    record Heartbeat() implements SchedulerEvent {}
}
