package org.mesolith.agent.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.HttpRequest;

/** How a caller wants to be answered. */
final class Accepted {
    private Accepted() {}

    /** JSON wins whenever it is acceptable; null when neither encoding is. */
    static @Nullable Encoding of(HttpRequest request) {
        var wanted = request.headers().list("Accept");
        if (wanted.isEmpty() || allows(wanted, Encoding.JSON)) {
            return Encoding.JSON;
        }
        return allows(wanted, Encoding.PROTOBUF) ? Encoding.PROTOBUF : null;
    }

    private static boolean allows(List<String> wanted, Encoding encoding) {
        for (var range : wanted) {
            var parts = range.split(";");
            var type = parts[0].strip();
            boolean fits = type.equals("*/*") || type.equals("application/*") || type.equals(encoding.contentType());
            boolean never = range.replace(" ", "").matches(".*;q=0(\\.0*)?(;.*)?");
            if (fits) {
                return !never;
            }
        }
        return false;
    }
}
