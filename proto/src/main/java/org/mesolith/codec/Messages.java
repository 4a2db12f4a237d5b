package org.mesolith.codec;

import com.google.protobuf.Message;

/** What all codecs of generated messages need. */
final class Messages {
    private Messages() {}

    /** The message as the type of the prototype that built it. */
    @SuppressWarnings("unchecked") // A builder made by newBuilderForType() builds the prototype's own class.
    static <M extends Message> M sameType(M prototype, Message built) {
        return (M) built;
    }
}
