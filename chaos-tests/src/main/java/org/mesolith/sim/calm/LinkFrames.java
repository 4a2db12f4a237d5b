package org.mesolith.sim.calm;

import org.mesolith.api.LinkMessage;
import org.mesolith.base.Limits;
import org.mesolith.codec.LinkCodec;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;

/**
 * What agents and masters say to each other as the bytes that travel on a real link. Whatever the product writes it
 * must be able to read, and it must fit into a frame.
 */
public final class LinkFrames {
    private static final LinkCodec CODEC = new LinkCodec(CodecLimits.DEFAULT.withBytesMax(Limits.LINK_FRAME_BYTES_MAX));

    private LinkFrames() {}

    /** The frame that an agent sends. */
    public static byte[] of(LinkMessage.FromAgent message) {
        return fitting(CODEC.encode(message), message);
    }

    /** The frame that a master sends. */
    public static byte[] of(LinkMessage.FromMaster message) {
        return fitting(CODEC.encode(message), message);
    }

    /**
     * What a master reads.
     *
     * @throws IllegalStateException when it cannot
     */
    public static LinkMessage.FromAgent fromAgent(byte[] frame) {
        return read(CODEC.fromAgent(frame));
    }

    /**
     * What an agent reads.
     *
     * @throws IllegalStateException when it cannot
     */
    public static LinkMessage.FromMaster fromMaster(byte[] frame) {
        return read(CODEC.fromMaster(frame));
    }

    private static byte[] fitting(byte[] frame, LinkMessage message) {
        if (frame.length > Limits.LINK_FRAME_BYTES_MAX) {
            throw new IllegalStateException("a frame of " + frame.length + " bytes, more than a link takes ("
                    + Limits.LINK_FRAME_BYTES_MAX + "): " + message);
        }
        return frame;
    }

    private static <T extends LinkMessage> T read(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(var message) -> message;
            case Decoded.Refused<T> refused ->
                throw new IllegalStateException("a frame of the link cannot be read: " + refused.text());
        };
    }
}
