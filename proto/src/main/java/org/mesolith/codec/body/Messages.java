package org.mesolith.codec.body;

import com.google.protobuf.Message;

/** What all codecs of generated messages need. */
public final class Messages {
    private Messages() {}

    /** The message as the type of the prototype that built it. */
    @SuppressWarnings("unchecked") // A builder made by newBuilderForType() builds the prototype's own class.
    public static <M extends Message> M sameType(M prototype, Message built) {
        return (M) built;
    }
}
