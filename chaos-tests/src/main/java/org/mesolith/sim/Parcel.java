package org.mesolith.sim;

import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Encoding;
import org.mesolith.leader.event.Reply;
import org.mesolith.model.StreamId;

/** What travels on a simulated connection. */
sealed interface Parcel {
    /** A frame from an agent to a master. */
    record Up(byte[] frame) implements Parcel {}

    /** A frame from a master to an agent. */
    record Down(byte[] frame) implements Parcel {}

    /** From a master that does not lead; null when it knows of nobody who does. */
    record TryThere(@Nullable String address) implements Parcel {}

    /**
     * A scheduler's or an operator's call.
     *
     * @param number comes back with its answer
     * @param stream null when the caller has none
     * @param requestKey null when the caller names none
     */
    record Call(
            long number,
            String path,
            Encoding type,
            byte[] body,
            @Nullable StreamId stream,
            @Nullable String requestKey)
            implements Parcel {}

    /** The answer to a call. */
    record Answer(long number, Reply reply) implements Parcel {}

    /** The headers of a stream of events. */
    record Opened(StreamId stream) implements Parcel {}

    /** An event on a stream. */
    record Event(byte[] record) implements Parcel {}

    /** The other end has closed; nothing follows. */
    record End() implements Parcel {}
}
