package org.mesolith.codec.v1;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import org.mesolith.codec.body.Messages;
import org.mesolith.model.Opaque;

/** Messages that are carried as bytes. */
public final class Opaques {
    private Opaques() {}

    public static Opaque of(Message message) {
        return new Opaque(message.getDescriptorForType().getFullName(), message.toByteArray());
    }

    /**
     * The message that these bytes are.
     *
     * @throws IllegalArgumentException if they are another message or none: somebody put them there without this codec
     */
    public static <M extends Message> M read(M prototype, Opaque from) {
        var type = prototype.getDescriptorForType().getFullName();
        if (!from.schema().equals(type)) {
            throw new IllegalArgumentException("bytes of " + from.schema() + " where " + type + " is expected");
        }
        try {
            var builder = prototype.newBuilderForType().mergeFrom(from.bytes());
            return Messages.sameType(prototype, builder.buildPartial());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("bytes that should be " + type + " are not", e);
        }
    }
}
