package org.mesolith.statecodec;

import com.google.protobuf.Message;
import java.util.List;

/** Finds fields that this software does not know, however deep: dropping one would change what a command means. */
final class KnownFields {
    private KnownFields() {}

    /**
     * @throws UnknownFormatException when there is one
     */
    static void check(String what, Message message) {
        if (!message.getUnknownFields().isEmpty()) {
            throw new UnknownFormatException(what + " with unknown fields "
                    + message.getUnknownFields().asMap().keySet() + " in "
                    + message.getDescriptorForType().getFullName());
        }
        for (var field : message.getAllFields().values()) {
            if (field instanceof Message part) {
                check(what, part);
            } else if (field instanceof List<?> parts) {
                for (var part : parts) {
                    if (!(part instanceof Message each)) {
                        break;
                    }
                    check(what, each);
                }
            }
        }
    }
}
