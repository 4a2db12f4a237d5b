package org.mesolith.sim;

import org.jspecify.annotations.Nullable;
import org.mesolith.api.LinkMessage;
import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.StreamId;

/** What travels on a simulated connection. */
sealed interface Parcel {
    /** From an agent to a master. */
    record Up(LinkMessage.FromAgent message) implements Parcel {}

    /** From a master to an agent. */
    record Down(LinkMessage.FromMaster message) implements Parcel {}

    /** From a master that does not lead; null when it knows of nobody who does. */
    record TryThere(@Nullable String address) implements Parcel {}

    /** A scheduler call; {@code number} comes back with its answer. */
    record Call(
            long number, SchedulerRequest request, @Nullable StreamId stream) implements Parcel {}

    /** The answer to a call. */
    record Answer(long number, Reply reply) implements Parcel {}

    /** The headers of a stream of events. */
    record Opened(StreamId stream) implements Parcel {}

    /** An event on a stream. */
    record Event(SchedulerEvent event) implements Parcel {}

    /** The other end has closed; nothing follows. */
    record End() implements Parcel {}
}
