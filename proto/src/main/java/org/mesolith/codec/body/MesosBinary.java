package org.mesolith.codec.body;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The protobuf encoding of the v1 API, for any generated message, with the same limits and the same kind of errors as
 * {@link MesosJson}. Fields and enum values that we do not know are kept and written again. Safe for use by any thread.
 */
public final class MesosBinary {
    private final CodecLimits limits;

    public MesosBinary(CodecLimits limits) {
        this.limits = limits;
    }

    /** Reads a message of the type of {@code prototype}; refused with its fault and place, or all missing fields. */
    public <M extends Message> Decoded<M> decode(M prototype, byte[] body) {
        if (body.length > limits.bytesMax()) {
            return Decoded.refused("the body has " + body.length + " bytes, allowed are " + limits.bytesMax());
        }
        var builder = prototype.newBuilderForType();
        try {
            var in = CodedInputStream.newInstance(body);
            in.setRecursionLimit(limits.depthMax());
            builder.mergeFrom(in, ExtensionRegistryLite.getEmptyRegistry());
            in.checkLastTagWas(0);
        } catch (InvalidProtocolBufferException e) {
            var fault = BinaryFault.find(prototype.getDescriptorForType(), body, limits.depthMax());
            return Decoded.refused("the body is not a "
                    + prototype.getDescriptorForType().getFullName() + ": " + fault.orElseGet(e::getMessage));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        var errors = new ShapeErrors(limits.problemsMax());
        var message = builder.buildPartial();
        RequiredFields.check(message, Path.ROOT, errors);
        if (!errors.isEmpty()) {
            return errors.refuse();
        }
        return new Decoded.Ok<>(Messages.sameType(prototype, message));
    }

    /** The message as protobuf. */
    public byte[] encode(Message message) {
        return message.toByteArray();
    }
}
