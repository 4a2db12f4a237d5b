package org.mesolith.codec;

import org.mesolith.api.ExecutorEvent;
import org.mesolith.api.ExecutorRequest;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.Encoding;
import org.mesolith.proto.gen.v1.executor.Call;

/**
 * The executor API as the agent speaks it: calls in, events out. The other side is {@link ExecutorClientCodec}. Safe
 * for use by any thread.
 */
public final class ExecutorCodec {
    private final Bodies bodies;

    public ExecutorCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /** Reads a call; refused (400) with everything that is wrong with it by itself. */
    public Decoded<ExecutorRequest> decode(Encoding encoding, byte[] body) {
        return bodies.read(
                encoding, Call.getDefaultInstance(), body, (call, errors) -> new ExecutorCallReader(errors).read(call));
    }

    /**
     * An event without the frame around it ({@link RecordIo#encode}).
     *
     * @throws IllegalArgumentException if bytes carried in the event are not what they say they are
     */
    public byte[] encode(Encoding encoding, ExecutorEvent event) {
        return bodies.encode(encoding, ExecutorEvents.write(event));
    }
}
