package org.mesolith.codec;

import org.mesolith.api.LinkMessage;
import org.mesolith.codec.body.CodecLimits;
import org.mesolith.codec.body.Decoded;
import org.mesolith.codec.body.MesosBinary;
import org.mesolith.codec.body.ShapeErrors;
import org.mesolith.proto.gen.link.FromAgent;
import org.mesolith.proto.gen.link.FromMaster;

/**
 * The frames of the link between masters and agents: protobuf of our own. Safe for use by any thread.
 *
 * <p>A frame of a kind that this version does not know is refused; the link is then to be closed with that text.
 */
public final class LinkCodec {
    private final MesosBinary binary;
    private final CodecLimits limits;

    public LinkCodec(CodecLimits limits) {
        this.limits = limits;
        this.binary = new MesosBinary(limits);
    }

    /** The frame for this message. */
    public byte[] encode(LinkMessage.FromAgent message) {
        return LinkWriter.write(message).toByteArray();
    }

    /** The frame for this message. */
    public byte[] encode(LinkMessage.FromMaster message) {
        return LinkWriter.write(message).toByteArray();
    }

    /** Reads a frame that an agent sent. */
    public Decoded<LinkMessage.FromAgent> fromAgent(byte[] frame) {
        return binary.decode(FromAgent.getDefaultInstance(), frame).then(message -> {
            var errors = new ShapeErrors(limits.problemsMax());
            var read = new LinkReader(errors).read(message);
            return read == null ? errors.refuse() : errors.unlessAny(read);
        });
    }

    /** Reads a frame that a master sent. */
    public Decoded<LinkMessage.FromMaster> fromMaster(byte[] frame) {
        return binary.decode(FromMaster.getDefaultInstance(), frame).then(message -> {
            var errors = new ShapeErrors(limits.problemsMax());
            var read = new LinkReader(errors).read(message);
            return read == null ? errors.refuse() : errors.unlessAny(read);
        });
    }
}
