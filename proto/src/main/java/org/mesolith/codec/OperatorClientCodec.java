package org.mesolith.codec;

import org.mesolith.api.OperatorCall;
import org.mesolith.codec.body.Bodies;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Encoding;

/** The operator API as its callers speak it: calls out. The other side is {@link OperatorCodec}. Any thread. */
public final class OperatorClientCodec {
    private final Bodies bodies;

    public OperatorClientCodec(CodecLimits limits) {
        this.bodies = new Bodies(limits);
    }

    /**
     * The body of a call.
     *
     * @throws IllegalArgumentException if an operation is not one that operators perform
     */
    public byte[] encode(Encoding encoding, OperatorCall call) {
        return bodies.encode(encoding, OperatorCallWriter.write(call));
    }
}
