package org.mesolith.http;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mesolith.codec.body.Encoding;
import org.mesolith.wire.Headers;

/** Who wants to be answered in which encoding (Mesos v1 HTTP API, content negotiation). */
final class Negotiation {
    private Negotiation() {}

    /** The encoding to answer in: JSON whenever it is acceptable; null when neither is (406). */
    static @Nullable Encoding accepted(Headers headers) {
        var ranges = headers.list("Accept");
        if (ranges.isEmpty() || admits(ranges, Encoding.JSON)) {
            return Encoding.JSON;
        }
        return admits(ranges, Encoding.PROTOBUF) ? Encoding.PROTOBUF : null;
    }

    private static boolean admits(List<String> ranges, Encoding type) {
        // The most specific range decides: the type itself, then application/*, then */*.
        for (var wanted : List.of(type.contentType(), "application/*", "*/*")) {
            for (var range : ranges) {
                var parts = range.split(";", -1);
                if (parts[0].strip().toLowerCase(Locale.ROOT).equals(wanted)) {
                    return quality(parts).signum() > 0;
                }
            }
        }
        return false;
    }

    private static BigDecimal quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return new BigDecimal(parameter.substring(2).strip());
                } catch (NumberFormatException notANumber) {
                    return BigDecimal.ZERO;
                }
            }
        }
        return BigDecimal.ONE;
    }
}
