package org.mesolith.codec;

import org.mesolith.api.SchedulerEvent;
import org.mesolith.api.SchedulerRequest;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.proto.gen.v1.scheduler.Event;

/** The scheduler API as a framework speaks it: calls out, events in. Safe for use by any thread. */
public final class SchedulerClientCodec {
    private final Bodies bodies;

    public SchedulerClientCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /**
     * The body of a call. A framework's raw message may be empty: then the message is made of the record's fields.
     *
     * @throws IllegalArgumentException if bytes carried in the call are not what they say they are
     */
    public byte[] encode(Encoding encoding, SchedulerRequest request) {
        return bodies.encode(encoding, SchedulerCallWriter.write(request));
    }

    /** Reads one record of the event stream; refused also when it is of a kind that this version does not know. */
    public Decoded<SchedulerEvent> decode(Encoding encoding, byte[] record) {
        return bodies.read(
                encoding,
                Event.getDefaultInstance(),
                record,
                (event, errors) -> new SchedulerEventReader(errors).read(event));
    }
}
